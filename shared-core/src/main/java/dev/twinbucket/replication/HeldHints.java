package dev.twinbucket.replication;

import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.work.WorkQueue;
import dev.twinbucket.work.WorkQueueException;
import java.time.Duration;

/**
 * Keeps the hints of held writes from wearing out. A message that is refused again and again ends
 * among the dead letters or runs out of its queue's retention; one that is sent anew begins from
 * the start.
 */
final class HeldHints {
  private final WorkQueue queue;

  HeldHints(WorkQueue queue) {
    this.queue = queue;
  }

  /**
   * Sends a hint again, if that is a way to wait: at once where the queue can hold it back, else
   * only when its message has been refused for a while, since what is sent without a delay comes at
   * once.
   *
   * @return the outcome, which tells whether the hint is used up
   */
  Outcome.Held keep(Outcome.Held held, ObjectEvent hint, Invocation invocation) {
    Duration delay =
        queue.longestDelay().compareTo(held.comeBackAfter()) < 0
            ? queue.longestDelay()
            : held.comeBackAfter();
    if (!queue.isOpen() || (delay.isZero() && !isOld(invocation, held.comeBackAfter()))) {
      return held;
    }
    try {
      queue.send(hint, delay);
      return held.asSentAgain();
    } catch (WorkQueueException notThere) {
      // The message at hand has to come back, then.
      return held;
    }
  }

  private static boolean isOld(Invocation invocation, Duration atLeast) {
    return invocation
        .since()
        .filter(since -> !invocation.deadline().clock().instant().isBefore(since.plus(atLeast)))
        .isPresent();
  }
}
