package dev.twinbucket.local.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalPubsubTest {

  private static final String TOPIC = "projects/p/topics/events";
  private static final String DEAD = "projects/p/topics/dead";
  private static final String SUBSCRIPTION = "projects/p/subscriptions/worker";
  private static final String MORGUE = "projects/p/subscriptions/morgue";
  private static final Duration SOON = Duration.ofSeconds(20);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private LocalPubsub pubsub;

  @BeforeEach
  void start() {
    InstantSource source = now::get;
    pubsub =
        LocalPubsub.start(0, source.withZone(ZoneOffset.UTC)).createTopic(TOPIC).createTopic(DEAD);
  }

  @AfterEach
  void stop() {
    pubsub.close();
  }

  private static String text(PubsubMessage message) {
    return new String(Base64.getDecoder().decode(message.data()), StandardCharsets.UTF_8);
  }

  @Test
  void anAcknowledgedMessageIsDone() {
    pubsub.subscribe(SUBSCRIPTION, SubscriptionSettings.pull(TOPIC));
    pubsub.publish(TOPIC, Map.of("k", "v"), "hello");
    List<ReceivedMessage> pulled = pubsub.pull(SUBSCRIPTION, 10);
    assertThat(pulled).hasSize(1);
    assertThat(text(pulled.getFirst().message())).isEqualTo("hello");
    assertThat(pulled.getFirst().deliveryAttempt()).isEmpty();
    assertThat(pubsub.pull(SUBSCRIPTION, 10)).isEmpty();
    assertThat(pubsub.outstanding(SUBSCRIPTION)).isEqualTo(1);
    pubsub.acknowledge(SUBSCRIPTION, List.of(pulled.getFirst().ackId()));
    assertThat(pubsub.outstanding(SUBSCRIPTION)).isZero();
  }

  @Test
  void anUnacknowledgedMessageComesBackWhenItsLeaseEnds() {
    pubsub.subscribe(
        SUBSCRIPTION, SubscriptionSettings.pull(TOPIC).withAckDeadline(Duration.ofSeconds(10)));
    pubsub.publish(TOPIC, Map.of(), "hello");
    String late = pubsub.pull(SUBSCRIPTION, 1).getFirst().ackId();
    now.updateAndGet(t -> t.plusSeconds(9));
    assertThat(pubsub.pull(SUBSCRIPTION, 1)).isEmpty();
    now.updateAndGet(t -> t.plusSeconds(1));
    assertThat(pubsub.pull(SUBSCRIPTION, 1)).hasSize(1);
    pubsub.acknowledge(SUBSCRIPTION, List.of(late));
    assertThat(pubsub.outstanding(SUBSCRIPTION)).isEqualTo(1);
  }

  @Test
  void aMessageThatNobodyAcceptsIsForwardedToTheDeadLetterTopic() {
    pubsub.subscribe(MORGUE, SubscriptionSettings.pull(DEAD));
    pubsub.subscribe(
        SUBSCRIPTION,
        SubscriptionSettings.pull(TOPIC)
            .withAckDeadline(Duration.ofSeconds(1))
            .withDeadLetter(DEAD, 5));
    pubsub.publish(TOPIC, Map.of("k", "v"), "poison");
    for (int attempt = 1; attempt <= 5; attempt++) {
      assertThat(pubsub.pull(SUBSCRIPTION, 1))
          .extracting(ReceivedMessage::deliveryAttempt)
          .containsExactly(OptionalInt.of(attempt));
      now.updateAndGet(t -> t.plusSeconds(2));
    }
    assertThat(pubsub.pull(SUBSCRIPTION, 1)).isEmpty();
    assertThat(pubsub.outstanding(SUBSCRIPTION)).isZero();
    PubsubMessage dead = pubsub.pull(MORGUE, 1).getFirst().message();
    assertThat(text(dead)).isEqualTo("poison");
    assertThat(dead.attributes())
        .containsEntry("k", "v")
        .containsEntry("CloudPubSubDeadLetterSourceDeliveryCount", "5")
        .containsEntry("CloudPubSubDeadLetterSourceSubscription", "worker");
  }

  @Test
  void aPushIsRepeatedUntilItIsAccepted() throws Exception {
    try (RecordingEndpoint function = new RecordingEndpoint(2)) {
      pubsub.subscribe(
          SUBSCRIPTION,
          SubscriptionSettings.push(TOPIC, function.uri()).withRetry(RetryPolicy.QUICK));
      PubsubMessage message = pubsub.publish(TOPIC, Map.of("objectId", "a b"), "payload");
      assertThat(pubsub.awaitQuiet(SOON)).isTrue();
      assertThat(function.received()).hasSize(3);
      JsonNode body = new ObjectMapper().readTree(function.received().getLast().body());
      assertThat(body.path("subscription").asText()).isEqualTo(SUBSCRIPTION);
      assertThat(body.path("message").path("messageId").asText()).isEqualTo(message.messageId());
      assertThat(body.path("message").path("attributes").path("objectId").asText())
          .isEqualTo("a b");
      assertThat(body.path("message").path("data").asText()).isEqualTo(message.data());
      assertThat(body.has("deliveryAttempt")).isFalse();
    }
  }

  @Test
  void aPushThatIsNeverAcceptedEndsInTheDeadLetterTopic() throws Exception {
    pubsub.subscribe(MORGUE, SubscriptionSettings.pull(DEAD));
    try (RecordingEndpoint function = new RecordingEndpoint(Integer.MAX_VALUE)) {
      pubsub.subscribe(
          SUBSCRIPTION,
          SubscriptionSettings.push(TOPIC, function.uri())
              .withRetry(RetryPolicy.QUICK)
              .withDeadLetter(DEAD, 5));
      pubsub.publish(TOPIC, Map.of(), "poison");
      assertThat(pubsub.awaitQuiet(SOON)).isTrue();
      assertThat(function.received()).hasSize(5);
      assertThat(function.received().getLast().body()).contains("\"deliveryAttempt\":5");
      assertThat(pubsub.pull(MORGUE, 1)).hasSize(1);
    }
  }

  @Test
  void anEventarcTriggerOnATopicPostsCloudEvents() throws Exception {
    try (RecordingEndpoint function = new RecordingEndpoint(0)) {
      pubsub.subscribe(SUBSCRIPTION, SubscriptionSettings.eventarc(TOPIC, function.uri()));
      PubsubMessage message = pubsub.publish(TOPIC, Map.of("k", "v"), "x");
      assertThat(pubsub.awaitQuiet(SOON)).isTrue();
      RecordingEndpoint.Received request = function.received().getFirst();
      assertThat(request.headers())
          .containsEntry("ce-type", "google.cloud.pubsub.topic.v1.messagePublished")
          .containsEntry("ce-source", "//pubsub.googleapis.com/" + TOPIC)
          .containsEntry("ce-id", message.messageId());
      assertThat(request.body()).contains("\"message\":{", "\"subscription\":");
    }
  }

  @Test
  void aTriggerPassesOnItsOwnTypesAndWaitsForAcceptance() throws Exception {
    CloudEvent event =
        new CloudEvent(
            Map.of(
                "id", "1",
                "specversion", "1.0",
                "type", "google.cloud.storage.object.v1.finalized",
                "source", "//storage.googleapis.com/projects/_/buckets/b",
                "subject", "objects/a b%é"),
            "{}");
    try (RecordingEndpoint function = new RecordingEndpoint(1);
        EventarcTrigger trigger =
            new EventarcTrigger(function.uri(), Set.of(event.type()), RetryPolicy.QUICK)) {
      trigger.accept(new CloudEvent(Map.of("type", "other"), "{}"));
      trigger.accept(event);
      assertThat(trigger.awaitQuiet(SOON)).isTrue();
      assertThat(trigger.attempts()).isEqualTo(2);
      assertThat(function.received()).hasSize(2);
      assertThat(function.received().getLast().headers())
          .containsEntry("ce-subject", "objects/a%20b%25%C3%A9")
          .containsEntry("ce-specversion", "1.0");
    }
  }

  @Test
  void theRestApiServesTopicsAndPullSubscriptions() throws Exception {
    String topic = "/v1/projects/p/topics/rest";
    String subscription = "/v1/projects/p/subscriptions/rest";
    assertThat(send("PUT", topic, "{}").statusCode()).isEqualTo(200);
    assertThat(send("PUT", topic, "{}").statusCode()).isEqualTo(409);
    assertThat(send("GET", "/v1/projects/p/topics/none", "").statusCode()).isEqualTo(404);
    assertThat(send("PUT", subscription, "{\"topic\":\"projects/p/topics/rest\"}").statusCode())
        .isEqualTo(200);
    HttpResponse<String> published =
        send(
            "POST",
            topic + ":publish",
            "{\"messages\":[{\"data\":\"aGk=\",\"attributes\":{\"a\":\"1\"}},{\"data\":\"aGk=\"}]}");
    assertThat(json(published).path("messageIds")).hasSize(2);
    JsonNode received =
        json(send("POST", subscription + ":pull", "{\"maxMessages\":1}")).path("receivedMessages");
    assertThat(received).hasSize(1);
    assertThat(received.get(0).path("message").path("attributes").path("a").asText())
        .isEqualTo("1");
    String ackId = received.get(0).path("ackId").asText();
    send(
        "POST",
        subscription + ":modifyAckDeadline",
        "{\"ackIds\":[\"" + ackId + "\"],\"ackDeadlineSeconds\":0}");
    JsonNode all =
        json(send("POST", subscription + ":pull", "{\"maxMessages\":9}")).path("receivedMessages");
    assertThat(all).hasSize(2);
    for (JsonNode message : all) {
      send(
          "POST",
          subscription + ":acknowledge",
          "{\"ackIds\":[\"" + message.path("ackId").asText() + "\"]}");
    }
    assertThat(pubsub.outstanding("projects/p/subscriptions/rest")).isZero();
    assertThat(send("POST", subscription + ":pull", "{}").statusCode()).isEqualTo(400);
    assertThat(send("DELETE", subscription, "").statusCode()).isEqualTo(200);
    assertThat(send("GET", subscription, "").statusCode()).isEqualTo(404);
  }

  @Test
  void pausesDoubleUpToTheirBound() {
    RetryPolicy policy = new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(1));
    assertThat(policy.after(1)).isEqualTo(Duration.ofMillis(100));
    assertThat(policy.after(3)).isEqualTo(Duration.ofMillis(400));
    assertThat(policy.after(5)).isEqualTo(Duration.ofSeconds(1));
    assertThat(policy.after(1000)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void namesAreUnique() {
    assertThatThrownBy(() -> pubsub.createTopic(TOPIC)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> pubsub.publish("projects/p/topics/none", Map.of(), "x"))
        .isInstanceOf(IllegalStateException.class);
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(pubsub.endpoint() + path))
              .method(method, BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return new ObjectMapper().readTree(response.body());
  }
}
