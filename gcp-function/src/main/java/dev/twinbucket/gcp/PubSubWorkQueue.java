package dev.twinbucket.gcp;

import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.json.Json;
import dev.twinbucket.notification.LookMessage;
import dev.twinbucket.work.WorkQueue;
import dev.twinbucket.work.WorkQueueException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Hints on a Pub/Sub topic, as {@link LookMessage}s. Pub/Sub cannot hold a message back. */
final class PubSubWorkQueue implements WorkQueue {
  private final PubSubTopic topic;

  /** Owns the topic from now on. */
  PubSubWorkQueue(PubSubTopic topic) {
    this.topic = topic;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public Duration longestDelay() {
    return Duration.ZERO;
  }

  @Override
  public void send(ObjectEvent hint, Duration delay) {
    if (!delay.isZero()) {
      throw new IllegalArgumentException("Pub/Sub holds nothing back, not for " + delay);
    }
    try {
      topic.publish(Json.write(LookMessage.of(hint)), Map.of());
    } catch (IOException e) {
      throw new WorkQueueException("Pub/Sub did not take the hint: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    topic.close();
  }
}
