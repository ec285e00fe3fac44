package dev.twinbucket.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.rule.Direction;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.store.PartLimits;
import dev.twinbucket.store.memory.Flavour;
import dev.twinbucket.transfer.TransferSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ten thousand parts, as of five tebibytes, over many invocations in virtual time: some are ten
 * times slower than others, some die. How long it takes is compared with the ideal, in which all
 * workers are busy until the very end and nothing but parts takes time.
 */
class FanOutSimulationTest {
  private static final int PARTS = 10_000;
  private static final Duration STATE = Duration.ofMillis(30);
  private static final Duration OTHER = Duration.ofMillis(60);
  private static final Duration PART = Duration.ofSeconds(3);
  private static final int SLOWER = 10;

  @ParameterizedTest
  @CsvSource({
    // workers, one in so many is slow, one in so many dies, and how far from the ideal at the most
    "1, 0, 0, 1.05",
    "16, 0, 0, 1.15",
    "16, 8, 8, 1.15",
    "64, 8, 8, 1.25",
    "128, 0, 0, 1.20",
    "128, 10, 20, 1.25",
  })
  void theTotalTimeIsNearTheIdeal(int workers, int slowOneIn, int deadOneIn, double atMost) {
    VirtualTime time = new VirtualTime();
    Yard yard =
        new Yard(
            Direction.LEFT_TO_RIGHT,
            SideName.LEFT,
            Flavour.S3,
            Flavour.GCS,
            new PartLimits(PARTS, 4, 4, 1 << 20));
    yard.settings = new TransferSettings(4, 1, 4, workers);
    yard.invocation = Duration.ofMinutes(10);
    SplittableRandom random = new SplittableRandom(workers);
    Map<Thread, Integer> slowness = new HashMap<>();
    Map<Thread, Long> deaths = new HashMap<>();
    Instant[] begin = {yard.clock.instant()};
    yard.hook =
        new Yard.Hook() {
          @Override
          public void before(String call, Object[] arguments) {
            Thread me = Thread.currentThread();
            Duration cost =
                call.endsWith(".putPart")
                    ? PART.multipliedBy(slowness.getOrDefault(me, 1))
                        .plusMillis(random.nextInt(-300, 300))
                    : call.startsWith("state") ? STATE : OTHER;
            time.sleep(cost);
            yard.clock.advance(Duration.between(yard.clock.instant(), begin[0].plus(time.now())));
            if (deaths.containsKey(me) && deaths.get(me) <= time.now().toMillis()) {
              deaths.remove(me);
              throw new Yard.Crash();
            }
          }
        };
    byte[] content = Yard.bytes(PARTS * 4, 1);
    yard.put(SideName.LEFT, content);
    begin[0] = yard.clock.instant();
    yard.pause = time::sleep;
    boolean[] copied = {false};
    double rate = 0;
    List<Runnable> instances = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      boolean slow = slowOneIn > 0 && i % slowOneIn == slowOneIn - 1;
      boolean dies = deadOneIn > 0 && i % deadOneIn == deadOneIn / 2;
      rate += 1.0 / (slow ? SLOWER : 1);
      long diesAt = 20_000 + random.nextLong(60_000);
      instances.add(
          () -> {
            if (slow) {
              slowness.put(Thread.currentThread(), SLOWER);
            }
            if (dies) {
              deaths.put(Thread.currentThread(), diesAt);
            }
            while (!copied[0]) {
              Optional<Yard.Message> message = Optional.ofNullable(yard.queue.poll());
              if (message.isEmpty()) {
                time.sleep(Duration.ofSeconds(1));
                continue;
              }
              try {
                Outcome outcome = yard.run(message.get());
                copied[0] |= outcome instanceof Outcome.Copied;
                if (!outcome.isTerminal()) {
                  time.sleep(Duration.ofSeconds(20));
                  yard.queue.add(message.get());
                }
              } catch (Yard.Crash e) {
                yard.revive();
                time.sleep(Duration.ofSeconds(20));
                yard.queue.add(message.get());
              }
            }
          });
    }

    time.run(instances);

    double ideal = PARTS * PART.toMillis() / 1000.0 / rate;
    double took = time.now().toMillis() / 1000.0;
    System.out.printf(
        "%d workers, one in %d slow, one in %d dies: %.0f s, ideal %.0f s, %.2f of it; %d parts"
            + " sent, %d state calls%n",
        workers,
        slowOneIn,
        deadOneIn,
        took,
        ideal,
        took / ideal,
        yard.count("right.putPart"),
        yard.calls.stream().filter(call -> call.startsWith("state")).count());
    assertThat(yard.content(SideName.RIGHT)).hasValue(content);
    assertThat(yard.leftovers()).isEmpty();
    assertThat(yard.count("right.complete")).isEqualTo(1);
    // Only what died in mid-air is sent twice.
    assertThat(yard.count("right.putPart")).isLessThanOrEqualTo(PARTS + (long) workers);
    assertThat(took).isLessThan(ideal * atMost);
  }
}
