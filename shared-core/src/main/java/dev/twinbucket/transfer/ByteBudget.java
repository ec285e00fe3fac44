package dev.twinbucket.transfer;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The bytes that may be in memory at once, over all transfers of a process. Who asks waits until
 * enough others have given back, in the order of asking, so that a large piece is not starved by
 * small ones.
 */
public final class ByteBudget {
  private static final int UNIT = 1024;
  private final Semaphore units;
  private final int total;

  /**
   * A budget.
   *
   * @param bytes at least 1 KiB, at most 2 TiB; counted in KiB
   */
  public ByteBudget(long bytes) {
    this.total = Math.toIntExact(bytes / UNIT);
    if (total < 1) {
      throw new IllegalArgumentException("a budget of at least 1 KiB is needed: " + bytes);
    }
    this.units = new Semaphore(total, true);
  }

  /**
   * Waits for that many bytes. Whoever wants more than the whole budget gets the whole budget.
   *
   * @return what the caller closes when the bytes are garbage
   */
  public Lease take(long bytes) {
    int wanted = (int) Math.clamp((bytes + UNIT - 1) / UNIT, 1L, total);
    units.acquireUninterruptibly(wanted);
    return new Lease(units, wanted);
  }

  /**
   * Waits for that many bytes, but no longer than that.
   *
   * @return empty if they could not be had in time, or if the thread is being stopped
   */
  public Optional<Lease> take(long bytes, Duration patience) {
    int wanted = (int) Math.clamp((bytes + UNIT - 1) / UNIT, 1L, total);
    try {
      return units.tryAcquire(wanted, patience.toNanos(), TimeUnit.NANOSECONDS)
          ? Optional.of(new Lease(units, wanted))
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Whether somebody waits for bytes: who could go on without theirs should give them back. */
  public boolean isContended() {
    return units.hasQueuedThreads();
  }

  /** All of it, in bytes. */
  public long total() {
    return (long) total * UNIT;
  }

  /** Bytes taken now, rounded up to KiB each. */
  public long taken() {
    return (long) (total - units.availablePermits()) * UNIT;
  }

  /** Bytes that somebody holds, until closed; closing twice does nothing more. */
  public static final class Lease implements AutoCloseable {
    private final Semaphore units;
    private int held;

    private Lease(Semaphore units, int held) {
      this.units = units;
      this.held = held;
    }

    @Override
    public synchronized void close() {
      units.release(held);
      held = 0;
    }
  }
}
