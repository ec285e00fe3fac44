package dev.twinbucket.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.cloud.functions.Context;
import dev.twinbucket.intake.NotDoneException;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.Limits;
import dev.twinbucket.local.gcs.GcsNotification;
import dev.twinbucket.local.http.Fault;
import dev.twinbucket.local.http.FaultScript;
import dev.twinbucket.local.pubsub.EventarcTrigger;
import dev.twinbucket.local.pubsub.LocalPubsub;
import dev.twinbucket.local.pubsub.ReceivedMessage;
import dev.twinbucket.local.pubsub.RetryPolicy;
import dev.twinbucket.local.pubsub.SubscriptionSettings;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The functions between embedded clouds, over HTTP, as Pub/Sub and Eventarc drive them. */
class FunctionsTest {
  private static final String TOPIC = "projects/test/topics/notifications";
  private static final String PUSHED = "projects/test/subscriptions/notifications";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private LocalClouds clouds;

  @BeforeEach
  void start() {
    clouds = new LocalClouds();
  }

  @AfterEach
  void stop() {
    clouds.close();
  }

  @Test
  void anObjectPutIntoGcsAppearsInS3ByPush() throws InterruptedException {
    try (FunctionServer server = new FunctionServer(new PushFunction(clouds.start()))) {
      pushTo(server);
      clouds.put("notes/größe a+b%2F.txt", "hello");

      assertThat(clouds.pubsub.awaitQuiet(PATIENCE)).isTrue();
    }
    assertThat(clouds.s3.objects(LocalClouds.LEFT))
        .singleElement()
        .satisfies(replica -> assertThat(replica.key()).isEqualTo("notes/größe a+b%2F.txt"));
    assertThat(line(0).string("severity")).contains("INFO");
    assertThat(line(0).string("destination")).contains("s3://left/notes/größe a+b%2F.txt");
  }

  @Test
  void anObjectDeletedFromGcsDisappearsFromS3() throws InterruptedException {
    try (FunctionServer server = new FunctionServer(new PushFunction(clouds.start()))) {
      pushTo(server);
      clouds.put("k", "v");
      assertThat(clouds.pubsub.awaitQuiet(PATIENCE)).isTrue();
      clouds.storage.delete(LocalClouds.RIGHT, "k");
      assertThat(clouds.pubsub.awaitQuiet(PATIENCE)).isTrue();
    }
    assertThat(clouds.s3.objects(LocalClouds.LEFT)).isEmpty();
  }

  @Test
  void eventarcIsServedInItsOwnMode() throws InterruptedException {
    try (FunctionServer server = new FunctionServer(new PushFunction(clouds.start()));
        EventarcTrigger trigger = new EventarcTrigger(server.uri(), Set.of(), RetryPolicy.QUICK)) {
      clouds.gcs.onChange(change -> trigger.accept(change.toCloudEvent()));
      clouds.put("k", "v");

      assertThat(trigger.awaitQuiet(PATIENCE)).isTrue();
    }
    assertThat(clouds.s3.object(LocalClouds.LEFT, "k")).isPresent();
  }

  @Test
  void aMessageIsRefusedWhileTheDestinationAnswers503AndTakenLater() throws Exception {
    FaultScript.Rule fault =
        clouds.s3.faults().on(_ -> true).always().inject(new Fault.Answer(503, Map.of(), ""));
    clouds.put("k", "v");

    try (FunctionServer server = new FunctionServer(new PushFunction(clouds.start()))) {
      HttpResponse<String> refused = post(server.uri(), look("k"));
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("\"outcome\":\"failed\"", "\"reason\":\"unavailable\"");
      assertThat(fault.fired()).isPositive();

      clouds.s3.faults().clear();
      assertThat(post(server.uri(), look("k")).statusCode()).isEqualTo(200);
    }
    assertThat(clouds.s3.object(LocalClouds.LEFT, "k")).isPresent();
  }

  @Test
  void aMessageIsRefusedWhileCredentialsAreRefused() throws Exception {
    clouds.s3.refuseCredentials(true);
    clouds.put("k", "v");

    try (FunctionServer server = new FunctionServer(new PushFunction(clouds.start()))) {
      HttpResponse<String> refused = post(server.uri(), look("k"));

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("access-denied");
    }
    assertThat(clouds.pubsub.outstanding(LocalClouds.KEPT)).isZero();
  }

  @Test
  void poisonIsKeptWithItsReasonAndThenAcknowledged() throws Exception {
    try (FunctionServer server = new FunctionServer(new PushFunction(clouds.start()))) {
      assertThat(post(server.uri(), "poison").statusCode()).isEqualTo(200);
    }
    ReceivedMessage letter = clouds.pubsub.pull(LocalClouds.KEPT, 10).getFirst();
    assertThat(Base64.getDecoder().decode(letter.message().data())).isEqualTo(utf8("poison"));
    assertThat(letter.message().attribute("reason")).contains("unreadable-notification");
    assertThat(line(0).string("severity")).contains("ERROR");
  }

  @Test
  void poisonIsRefusedIfItsDeadLetterCannotBePut() throws Exception {
    clouds.pubsub.faults().on(_ -> true).always().inject(new Fault.Answer(403, Map.of(), "{}"));

    try (FunctionServer server = new FunctionServer(new PushFunction(clouds.start()))) {
      assertThat(post(server.uri(), "poison").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void poisonIsRefusedIfThereIsNoPlaceForDeadLetters() throws Exception {
    Map<String, String> environment = clouds.environment();
    environment.remove("TWINBUCKET_DEAD_LETTER_TOPIC");

    try (FunctionServer server = new FunctionServer(new PushFunction(clouds.start(environment)))) {
      assertThat(post(server.uri(), "poison").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void onlyPostsAreTaken() throws Exception {
    try (FunctionServer server = new FunctionServer(new PushFunction(clouds.start()));
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest get = HttpRequest.newBuilder(server.uri()).GET().build();

      assertThat(client.send(get, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(405);
    }
  }

  @Test
  void aCloudEventReturnsOnceItsObjectIsCopied() {
    clouds.put("k", "v");

    new ReplicationFunction(clouds.start()).accept(finalized("k"));

    assertThat(clouds.s3.object(LocalClouds.LEFT, "k")).isPresent();
  }

  @Test
  void aCloudEventThrowsIfItHasToComeBack() {
    clouds.put("k", "v");
    clouds.s3.refuseCredentials(true);
    ReplicationFunction function = new ReplicationFunction(clouds.start());

    assertThatThrownBy(() -> function.accept(finalized("k")))
        .isInstanceOf(NotDoneException.class)
        .hasMessageContaining("access-denied");
  }

  @Test
  void aFirstGenerationEventIsRead() {
    clouds.put("k", "v");
    Context context = mock(Context.class);
    when(context.eventType()).thenReturn("google.storage.object.finalize");
    when(context.timestamp()).thenReturn("2026-01-01T00:00:00.000Z");

    new BackgroundReplicationFunction(clouds.start())
        .accept("{\"bucket\":\"right\",\"name\":\"k\",\"size\":\"1\"}", context);

    assertThat(clouds.s3.object(LocalClouds.LEFT, "k")).isPresent();
  }

  @Test
  void aFirstGenerationEventThatIsNoJsonIsKept() {
    new BackgroundReplicationFunction(clouds.start()).accept("{", mock(Context.class));

    assertThat(clouds.pubsub.outstanding(LocalClouds.KEPT)).isOne();
  }

  @Test
  void anOperationIsAnsweredIfItsHeaderNamesIt() throws Exception {
    try (FunctionServer server = new FunctionServer(new PushFunction(clouds.start()))) {
      HttpResponse<String> off = operate(server.uri(), "off", "{\"twinbucket\":\"off\"}");
      assertThat(off.statusCode()).isEqualTo(200);
      assertThat(off.body()).contains("\"right-to-left\":\"off\"");

      clouds.put("k", "v");
      HttpResponse<String> held = post(server.uri(), look("k"));
      assertThat(held.statusCode()).isEqualTo(503);
      assertThat(held.body()).contains("\"outcome\":\"held\"");
    }
    assertThat(clouds.s3.object(LocalClouds.LEFT, "k")).isEmpty();
  }

  @Test
  void noPushBringsAnOperation() throws Exception {
    String off = "{\"twinbucket\":\"off\"}";
    String push =
        "{\"subscription\":\"s\",\"message\":{\"messageId\":\"1\",\"data\":\"%s\"}}"
            .formatted(Base64.getEncoder().encodeToString(utf8(off)));
    try (FunctionServer server = new FunctionServer(new PushFunction(clouds.start()))) {
      // Unwrapped pushes hold nothing but the message.
      assertThat(post(server.uri(), off).body()).contains("unreadable-notification");
      assertThat(post(server.uri(), push).body()).contains("unreadable-notification");
      assertThat(operate(server.uri(), "off", push).statusCode()).isEqualTo(400);
      assertThat(operate(server.uri(), "on", off).statusCode()).isEqualTo(400);
      assertThat(operate(server.uri(), "off", "{").statusCode()).isEqualTo(400);

      assertThat(operate(server.uri(), "status", "{\"twinbucket\":\"status\"}").body())
          .contains("\"right-to-left\":\"on\"");
    }
  }

  @Test
  void aHeldHintIsPublishedAgainOnceItHasBeenRefusedForAWhile() throws Exception {
    String topic = "projects/test/topics/work";
    String work = "projects/test/subscriptions/work";
    clouds.pubsub.createTopic(topic).subscribe(work, SubscriptionSettings.pull(topic));
    Map<String, String> environment = clouds.environment();
    environment.put("TWINBUCKET_WORK_TOPIC", topic);
    clouds.put("k", "v");
    try (FunctionServer server = new FunctionServer(new PushFunction(clouds.start(environment)))) {
      operate(server.uri(), "off", "{\"twinbucket\":\"off\"}");

      assertThat(post(server.uri(), pushed(Instant.now())).statusCode()).isEqualTo(503);
      assertThat(clouds.pubsub.outstanding(work)).isZero();
      assertThat(post(server.uri(), pushed(Instant.now().minusSeconds(3600))).statusCode())
          .isEqualTo(200);
    }
    ReceivedMessage again = clouds.pubsub.pull(work, 10).getFirst();
    assertThat(
            new String(Base64.getDecoder().decode(again.message().data()), StandardCharsets.UTF_8))
        .contains("\"twinbucket\":\"look\"", "\"key\":\"k\"");
  }

  private static String pushed(Instant published) {
    return """
        {"subscription":"s","message":{"messageId":"1","publishTime":"%s","data":"%s"}}"""
        .formatted(published, Base64.getEncoder().encodeToString(utf8(look("k"))));
  }

  private static HttpResponse<String> operate(URI uri, String operation, String body)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(uri)
              .header("Twinbucket-Operation", operation)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private void pushTo(FunctionServer server) {
    LocalPubsub pubsub = clouds.pubsub;
    pubsub.createTopic(TOPIC).subscribe(PUSHED, SubscriptionSettings.push(TOPIC, server.uri()));
    clouds.gcs.onChange(change -> publish(pubsub, change));
  }

  private static void publish(LocalPubsub pubsub, GcsNotification change) {
    pubsub.publish(TOPIC, change.attributes(), change.payload());
  }

  private static CloudEvent finalized(String key) {
    CloudEvent event = mock(CloudEvent.class);
    when(event.getId()).thenReturn("1");
    when(event.getType()).thenReturn("google.cloud.storage.object.v1.finalized");
    when(event.getSource())
        .thenReturn(URI.create("//storage.googleapis.com/projects/_/buckets/right"));
    when(event.getSubject()).thenReturn("objects/" + key);
    when(event.getTime()).thenReturn(OffsetDateTime.parse("2026-01-01T00:00:00Z"));
    return event;
  }

  private static HttpResponse<String> post(URI uri, String body)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private JsonObject line(int index) {
    return Json.parse(List.copyOf(clouds.lines).get(index), Limits.EVENT).asObject().orElseThrow();
  }

  private static String look(String key) {
    return "{\"twinbucket\":\"look\",\"provider\":\"gs\",\"bucket\":\"right\",\"key\":\"%s\"}"
        .formatted(key);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
