package dev.twinbucket.local.pubsub;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How a subscription delivers.
 *
 * @param topic full name of its topic
 * @param push where messages are posted; empty for a pull subscription
 * @param ackDeadline how long a pulled message is leased, or a push request may take
 * @param deadLetter where messages go that nobody accepts
 * @see <a href="https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.subscriptions">
 *     Subscription</a>
 */
public record SubscriptionSettings(
    String topic,
    Optional<Push> push,
    Duration ackDeadline,
    Optional<DeadLetter> deadLetter,
    RetryPolicy retry) {

  /**
   * Push delivery.
   *
   * @param asCloudEvent whether requests are CloudEvents, as those of an Eventarc trigger on a
   *     topic are
   */
  public record Push(URI endpoint, boolean asCloudEvent) {}

  /**
   * Dead lettering.
   *
   * @param topic full name of the dead-letter topic
   * @param maxDeliveryAttempts after which a message is forwarded; the service wants 5 to 100
   * @see <a href="https://cloud.google.com/pubsub/docs/dead-letter-topics">Dead-letter topics</a>
   */
  public record DeadLetter(String topic, int maxDeliveryAttempts) {}

  /** A pull subscription with a lease of ten seconds. */
  public static SubscriptionSettings pull(String topic) {
    return new SubscriptionSettings(
        topic,
        Optional.empty(),
        Duration.ofSeconds(10),
        Optional.empty(),
        RetryPolicy.PUSH_DEFAULT);
  }

  /** A push subscription to this address, with the usual body. */
  public static SubscriptionSettings push(String topic, URI endpoint) {
    return pull(topic).withPush(new Push(endpoint, false));
  }

  /** An Eventarc trigger on a topic: push of CloudEvents to this address. */
  public static SubscriptionSettings eventarc(String topic, URI endpoint) {
    return pull(topic).withPush(new Push(endpoint, true));
  }

  private SubscriptionSettings withPush(Push changed) {
    return new SubscriptionSettings(topic, Optional.of(changed), ackDeadline, deadLetter, retry);
  }

  /** The same with this time to acknowledge. */
  public SubscriptionSettings withAckDeadline(Duration changed) {
    return new SubscriptionSettings(topic, push, changed, deadLetter, retry);
  }

  /** The same with a dead-letter topic. */
  public SubscriptionSettings withDeadLetter(String deadLetterTopic, int maxDeliveryAttempts) {
    return new SubscriptionSettings(
        topic,
        push,
        ackDeadline,
        Optional.of(new DeadLetter(deadLetterTopic, maxDeliveryAttempts)),
        retry);
  }

  /** The same with these pauses between push attempts. */
  public SubscriptionSettings withRetry(RetryPolicy changed) {
    return new SubscriptionSettings(topic, push, ackDeadline, deadLetter, changed);
  }
}
