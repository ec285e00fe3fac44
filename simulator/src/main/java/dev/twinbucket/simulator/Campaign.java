package dev.twinbucket.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Many histories, one for each seed, on as many threads as there are processors. The same seeds
 * give the same histories on any number of threads.
 *
 * @param firstSeed the first
 * @param histories how many
 * @param failuresAtMost after so many failures it stops
 */
record Campaign(long firstSeed, long histories, int failuresAtMost) {
  /**
   * A seed whose history ended badly.
   *
   * @param seed the seed
   * @param result how it ended
   */
  record Failure(long seed, Simulation.Result result) {}

  /**
   * Runs them.
   *
   * @param progress hears now and then how many are done
   * @return the failures in the order of their seeds
   */
  List<Failure> run(LongConsumer progress) {
    AtomicLong next = new AtomicLong(firstSeed);
    List<Failure> failures = Collections.synchronizedList(new ArrayList<>());
    // The drivers are virtual threads as well, so that a switch between a driver and its worker
    // stays inside one
    // carrier thread instead of waking another processor.
    try (ExecutorService drivers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
        drivers.execute(() -> drive(next, failures, progress));
      }
    }
    return failures.stream().sorted((a, b) -> Long.compare(a.seed(), b.seed())).toList();
  }

  private void drive(AtomicLong next, List<Failure> failures, LongConsumer progress) {
    while (failures.size() < failuresAtMost) {
      long seed = next.getAndIncrement();
      if (seed - firstSeed >= histories) {
        return;
      }
      Simulation.Result result = Simulation.run(Tape.record(new SplittableRandom(seed)), false);
      if (!result.violations().isEmpty()) {
        failures.add(new Failure(seed, result));
      }
      progress.accept(seed - firstSeed + 1);
    }
  }
}
