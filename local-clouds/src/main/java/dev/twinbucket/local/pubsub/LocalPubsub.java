package dev.twinbucket.local.pubsub;

import dev.twinbucket.local.http.FaultScript;
import dev.twinbucket.local.http.LocalHttpServer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An embedded Pub/Sub on loopback, over the REST API and inside the process. Topics and
 * subscriptions go by their full names, such as {@code projects/p/topics/t}. Delivery is at least
 * once, and push attempts are repeated with growing pauses. Safe for use by several threads.
 *
 * @see <a href="https://cloud.google.com/pubsub/docs/subscriber">Subscription overview</a>
 */
public final class LocalPubsub implements AutoCloseable {

  private final Broker broker;
  private final LocalHttpServer server;

  private LocalPubsub(int port, Clock clock) {
    this.broker = new Broker(clock);
    this.server = LocalHttpServer.start(port, new PubsubRest(broker)::handle);
  }

  /** Starts on a free port. */
  public static LocalPubsub start() {
    return start(0, Clock.systemUTC());
  }

  /**
   * Starts.
   *
   * @param port 0 for a free one
   * @param clock decides when leases of pulled messages end
   */
  public static LocalPubsub start(int port, Clock clock) {
    return new LocalPubsub(port, clock);
  }

  /** The address without a trailing slash. */
  public String endpoint() {
    return server.endpoint();
  }

  /** Faults to inject into REST requests. */
  public FaultScript faults() {
    return server.faults();
  }

  /**
   * Creates a topic.
   *
   * @throws IllegalStateException if there is one of this name
   */
  public LocalPubsub createTopic(String topic) {
    try {
      broker.createTopic(topic);
      return this;
    } catch (PubsubError e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /**
   * Creates a subscription; it gets what is published from now on.
   *
   * @throws IllegalStateException if its topic is missing or its name is taken
   */
  public LocalPubsub subscribe(String subscription, SubscriptionSettings settings) {
    try {
      broker.subscribe(subscription, settings);
      return this;
    } catch (PubsubError e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /**
   * Publishes a text.
   *
   * @return the message as subscribers get it
   * @throws IllegalStateException if the topic is missing
   */
  public PubsubMessage publish(String topic, Map<String, String> attributes, String text) {
    try {
      return broker.publish(
          topic,
          attributes,
          Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    } catch (PubsubError e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Leases up to {@code max} messages of a pull subscription; returns at once. */
  public List<ReceivedMessage> pull(String subscription, int max) {
    return broker.pull(subscription, max);
  }

  /** Ends the leases of these messages for good. */
  public void acknowledge(String subscription, List<String> ackIds) {
    broker.acknowledge(subscription, ackIds);
  }

  /** Messages of a subscription that nobody has acknowledged yet. */
  public int outstanding(String subscription) {
    return broker.outstanding().of(subscription);
  }

  /** Push requests made so far, accepted or not. */
  public long pushAttempts() {
    return broker.pushAttempts();
  }

  /**
   * Waits until no push subscription owes a message.
   *
   * @return false if that took longer than the timeout
   */
  public boolean awaitQuiet(Duration timeout) throws InterruptedException {
    return awaitQuiet(broker.pushSubscriptions(), timeout);
  }

  /**
   * Waits until none of these subscriptions owes a message.
   *
   * @return false if that took longer than the timeout
   */
  public boolean awaitQuiet(Set<String> subscriptions, Duration timeout)
      throws InterruptedException {
    return broker.outstanding().awaitNone(subscriptions, timeout);
  }

  /** Stops the server and gives up what is outstanding. */
  @Override
  public void close() {
    server.close();
    broker.close();
  }
}
