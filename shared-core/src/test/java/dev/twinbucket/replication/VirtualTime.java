package dev.twinbucket.replication;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;

/**
 * Threads that take turns by a clock of their own: one runs at a time, and time passes only while
 * all sleep. The same threads take the same turns every time.
 */
final class VirtualTime {
  private record Sleeper(long wakes, long order, Semaphore turn) {}

  private final PriorityQueue<Sleeper> sleepers =
      new PriorityQueue<>(
          Comparator.comparingLong(Sleeper::wakes).thenComparingLong(Sleeper::order));
  private final Semaphore allDone = new Semaphore(0);
  private long nanos;
  private long orders;
  private int alive;

  synchronized Duration now() {
    return Duration.ofNanos(nanos);
  }

  /** Runs these until all of them have ended. */
  void run(List<Runnable> bodies) {
    alive = bodies.size();
    for (Runnable body : bodies) {
      Semaphore turn = new Semaphore(0);
      sleepers.add(new Sleeper(0, orders++, turn));
      Thread.ofVirtual()
          .start(
              () -> {
                turn.acquireUninterruptibly();
                try {
                  body.run();
                } finally {
                  end();
                }
              });
    }
    wakeNext();
    allDone.acquireUninterruptibly();
  }

  void sleep(Duration time) {
    Semaphore turn = new Semaphore(0);
    synchronized (this) {
      sleepers.add(new Sleeper(nanos + time.toNanos(), orders++, turn));
    }
    wakeNext();
    turn.acquireUninterruptibly();
  }

  private void end() {
    synchronized (this) {
      alive--;
    }
    wakeNext();
  }

  private synchronized void wakeNext() {
    Sleeper next = sleepers.poll();
    if (next == null) {
      if (alive == 0) {
        allDone.release();
      }
      return;
    }
    nanos = Math.max(nanos, next.wakes());
    next.turn().release();
  }
}
