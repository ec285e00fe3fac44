package dev.twinbucket.intake;

import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.time.Deadline;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets hints of one batch that name the same object go one after another. At once they would be
 * safe too, but would only get into each other's way.
 */
final class KeyTurns {
  private final Map<Place, Semaphore> turns = new ConcurrentHashMap<>();
  private final Semaphore atOnce;

  /** With at most so many hints at work at once, whatever they name. */
  KeyTurns(int atOnce) {
    this.atOnce = new Semaphore(atOnce);
  }

  /** Runs the work when it is its turn, or the other if the time is up before that. */
  <T> T take(ObjectEvent event, Deadline deadline, Supplier<T> work, Supplier<T> tooLate)
      throws InterruptedException {
    Semaphore key =
        turns.computeIfAbsent(
            new Place(event.provider(), event.bucket(), event.key()), _ -> new Semaphore(1, true));
    if (!acquire(key, deadline)) {
      return tooLate.get();
    }
    try {
      if (!acquire(atOnce, deadline)) {
        return tooLate.get();
      }
      try {
        return deadline.remaining().isZero() ? tooLate.get() : work.get();
      } finally {
        atOnce.release();
      }
    } finally {
      key.release();
    }
  }

  private static boolean acquire(Semaphore permits, Deadline deadline) throws InterruptedException {
    return permits.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
  }

  private record Place(String provider, String bucket, String key) {}
}
