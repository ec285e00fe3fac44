package dev.twinbucket.local.pubsub;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Topics, subscriptions, and the way of a message from the ones to the others. */
final class Broker implements AutoCloseable {

  private static final long FIRST_MESSAGE_ID = 1_000_000_000_000_000L;

  private final Clock clock;
  private final Outstanding outstanding = new Outstanding();
  private final PushLoop pushes = new PushLoop();
  private final AtomicLong messageIds = new AtomicLong(FIRST_MESSAGE_ID);
  private final Set<String> topics = new TreeSet<>();
  private final Map<String, Subscription> subscriptions = new TreeMap<>();

  Broker(Clock clock) {
    this.clock = clock;
  }

  private record Subscription(String name, SubscriptionSettings settings, PullQueue queue) {}

  Outstanding outstanding() {
    return outstanding;
  }

  long pushAttempts() {
    return pushes.attempts();
  }

  synchronized void createTopic(String topic) {
    if (!topics.add(topic)) {
      throw PubsubError.exists(topic);
    }
  }

  synchronized void requireTopic(String topic) {
    if (!topics.contains(topic)) {
      throw PubsubError.notFound(topic);
    }
  }

  synchronized void deleteTopic(String topic) {
    requireTopic(topic);
    topics.remove(topic);
  }

  synchronized List<String> topics() {
    return List.copyOf(topics);
  }

  synchronized void subscribe(String name, SubscriptionSettings settings) {
    requireTopic(settings.topic());
    if (subscriptions.containsKey(name)) {
      throw PubsubError.exists(name);
    }
    subscriptions.put(name, new Subscription(name, settings, new PullQueue(settings, clock)));
  }

  synchronized void unsubscribe(String name) {
    require(name);
    subscriptions.remove(name);
    outstanding.forget(name);
  }

  synchronized SubscriptionSettings settings(String name) {
    return require(name).settings();
  }

  synchronized Set<String> pushSubscriptions() {
    return subscriptions.values().stream()
        .filter(subscription -> subscription.settings().push().isPresent())
        .map(Subscription::name)
        .collect(Collectors.toSet());
  }

  /**
   * Hands a message to every subscription of the topic; it counts as outstanding from then on.
   *
   * @param data in Base64
   */
  synchronized PubsubMessage publish(String topic, Map<String, String> attributes, String data) {
    requireTopic(topic);
    PubsubMessage message =
        new PubsubMessage(
            Long.toString(messageIds.getAndIncrement()), topic, attributes, data, clock.instant());
    for (Subscription subscription : subscriptions.values()) {
      if (subscription.settings().topic().equals(topic)) {
        outstanding.add(subscription.name());
        if (subscription.settings().push().isPresent()) {
          push(subscription, message);
        } else {
          subscription.queue().add(message);
        }
      }
    }
    return message;
  }

  private void push(Subscription subscription, PubsubMessage message) {
    SubscriptionSettings settings = subscription.settings();
    boolean counted = settings.deadLetter().isPresent();
    pushes.submit(
        new PushLoop.Job(
            attempt ->
                request(
                    subscription, message, counted ? OptionalInt.of(attempt) : OptionalInt.empty()),
            settings.retry(),
            counted
                ? OptionalInt.of(settings.deadLetter().get().maxDeliveryAttempts())
                : OptionalInt.empty(),
            () -> isOpen(subscription),
            (accepted, attempts) -> {
              if (!accepted) {
                bury(subscription, message);
              }
              settle(subscription);
            }));
  }

  private static HttpRequest request(
      Subscription subscription, PubsubMessage message, OptionalInt attempt) {
    SubscriptionSettings.Push push = subscription.settings().push().orElseThrow();
    Duration timeout = subscription.settings().ackDeadline();
    if (push.asCloudEvent()) {
      return EventarcTrigger.post(
          push.endpoint(), message.toCloudEvent(subscription.name(), attempt), timeout);
    }
    return HttpRequest.newBuilder(push.endpoint())
        .timeout(timeout)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(message.pushBody(subscription.name(), attempt)))
        .build();
  }

  List<ReceivedMessage> pull(String name, int max) {
    Subscription subscription;
    synchronized (this) {
      subscription = require(name);
    }
    PullQueue.Pulled pulled = subscription.queue().pull(max);
    for (PubsubMessage dead : pulled.dead()) {
      bury(subscription, dead);
      settle(subscription);
    }
    return pulled.messages();
  }

  void acknowledge(String name, List<String> ackIds) {
    Subscription subscription;
    synchronized (this) {
      subscription = require(name);
    }
    for (String ackId : ackIds) {
      if (subscription.queue().acknowledge(ackId)) {
        settle(subscription);
      }
    }
  }

  void modifyAckDeadline(String name, List<String> ackIds, Duration deadline) {
    Subscription subscription;
    synchronized (this) {
      subscription = require(name);
    }
    ackIds.forEach(ackId -> subscription.queue().modifyAckDeadline(ackId, deadline));
  }

  /** Forwards a message to the dead-letter topic, marked with where it comes from. */
  private synchronized void bury(Subscription subscription, PubsubMessage message) {
    SubscriptionSettings.DeadLetter deadLetter = subscription.settings().deadLetter().orElseThrow();
    if (!topics.contains(deadLetter.topic())) {
      return;
    }
    String[] name = subscription.name().split("/", -1);
    Map<String, String> attributes = new HashMap<>(message.attributes());
    attributes.put(
        "CloudPubSubDeadLetterSourceDeliveryCount",
        Integer.toString(deadLetter.maxDeliveryAttempts()));
    attributes.put("CloudPubSubDeadLetterSourceSubscription", name[name.length - 1]);
    attributes.put("CloudPubSubDeadLetterSourceSubscriptionProject", name[1]);
    attributes.put("CloudPubSubDeadLetterSourceTopicPublishTime", message.publishTime().toString());
    publish(deadLetter.topic(), attributes, message.data());
  }

  private synchronized boolean isOpen(Subscription subscription) {
    return subscription.equals(subscriptions.get(subscription.name()));
  }

  private synchronized void settle(Subscription subscription) {
    if (isOpen(subscription)) {
      outstanding.remove(subscription.name());
    }
  }

  private Subscription require(String name) {
    Subscription subscription = subscriptions.get(name);
    if (subscription == null) {
      throw PubsubError.notFound(name);
    }
    return subscription;
  }

  @Override
  public void close() {
    pushes.close();
  }
}
