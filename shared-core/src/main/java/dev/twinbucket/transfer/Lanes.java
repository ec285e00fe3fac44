package dev.twinbucket.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Runs the same work several times over at once, and waits for all of it. */
final class Lanes {
  private Lanes() {}

  /**
   * Runs it so many times: once on the calling thread, which is all there is to a single lane, and
   * otherwise on virtual threads. An interrupt is passed on to all of them.
   */
  static void run(int lanes, Runnable lane) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < lanes; i++) {
      others.add(
          Thread.ofVirtual()
              .uncaughtExceptionHandler((_, e) -> failure.compareAndSet(null, e))
              .start(lane));
    }
    try {
      lane.run();
    } finally {
      join(others);
    }
    Optional.ofNullable(failure.get()).ifPresent(Lanes::rethrow);
  }

  private static void join(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          threads.forEach(Thread::interrupt);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void rethrow(Throwable failure) {
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }
}
