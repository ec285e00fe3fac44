package dev.twinbucket.aws;

import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.json.Json;
import dev.twinbucket.notification.LookMessage;
import dev.twinbucket.work.WorkQueue;
import dev.twinbucket.work.WorkQueueException;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Hints on a queue, as {@link LookMessage}s, which are ASCII. It has to be a standard queue: one of
 * the kind FIFO knows no delay of a single message.
 */
final class SqsWorkQueue implements WorkQueue {
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  private final SqsQueue queue;

  /** Owns the queue from now on. */
  SqsWorkQueue(SqsQueue queue) {
    this.queue = queue;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public Duration longestDelay() {
    return LONGEST_DELAY;
  }

  @Override
  public void send(ObjectEvent hint, Duration delay) {
    if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
      throw new IllegalArgumentException("SQS holds nothing back for " + delay);
    }
    try {
      queue.send(Json.write(LookMessage.of(hint)), Map.of(), delay);
    } catch (SdkException e) {
      throw new WorkQueueException("SQS did not take the hint: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    queue.close();
  }
}
