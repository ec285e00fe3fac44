package dev.twinbucket.work;

import dev.twinbucket.event.ObjectEvent;
import java.time.Duration;

/**
 * Where work goes that another invocation is to do: hints, read like any other notification. Safe
 * for use by several threads.
 */
public interface WorkQueue extends AutoCloseable {
  /** Whether hints can be sent at all: a deployment may have no such queue. */
  boolean isOpen();

  /**
   * The longest time for which the queue itself can hold a message back; zero if it cannot at all.
   */
  Duration longestDelay();

  /**
   * Puts a hint on the queue.
   *
   * @param hint what to look at
   * @param delay for how long it is held back, at most {@link #longestDelay}
   * @throws WorkQueueException if it is not known to be there; it may be, so that a retry puts it
   *     there twice
   */
  void send(ObjectEvent hint, Duration delay);

  /** Releases connections and threads. */
  @Override
  void close();

  /** The queue of deployments that have none: the messages at hand have to come back. */
  static WorkQueue none() {
    return new WorkQueue() {
      @Override
      public boolean isOpen() {
        return false;
      }

      @Override
      public Duration longestDelay() {
        return Duration.ZERO;
      }

      @Override
      public void send(ObjectEvent hint, Duration delay) {
        throw new WorkQueueException("no work queue is configured");
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }
}
