package dev.twinbucket.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.intake.NotDoneException;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.Limits;
import dev.twinbucket.local.http.Fault;
import dev.twinbucket.local.http.FaultScript;
import dev.twinbucket.local.s3.Versioning;
import dev.twinbucket.settings.SettingsException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The handler between embedded clouds, over HTTP, as a queue and Lambda drive it. */
class ReplicationHandlerTest {
  private LocalClouds clouds;
  private S3Client s3;
  private SqsClient sqs;

  @BeforeEach
  void start() {
    clouds = new LocalClouds();
    s3 = clouds.s3();
    sqs = clouds.sqs();
  }

  @AfterEach
  void stop() {
    s3.close();
    sqs.close();
    clouds.close();
  }

  @Test
  void anObjectPutIntoS3AppearsInGcsWithItsStamp() throws IOException {
    put("notes/hello world+%20ä.txt", "hello");

    assertThat(poll(clouds.handler())).isZero();

    assertThat(clouds.gcs.objects(LocalClouds.RIGHT))
        .singleElement()
        .satisfies(
            replica -> {
              assertThat(replica.name()).isEqualTo("notes/hello world+%20ä.txt");
              assertThat(clouds.gcs.bytes(LocalClouds.RIGHT, replica.name()))
                  .contains(utf8("hello"));
              assertThat(replica.metadata()).isNotEmpty();
            });
    assertThat(clouds.sqs.depth(LocalClouds.QUEUE).total()).isZero();
    assertThat(lastLine().string("outcome")).contains("copied");
    assertThat(lastLine().string("destination")).contains("gs://right/notes/hello world+%20ä.txt");
  }

  @Test
  void aNewObjectCostsThreeStorageRequests() throws IOException {
    ReplicationHandler handler = clouds.handler();
    put("warm-up", "proves once that the buckets exist");
    poll(handler);
    put("k", "v1");
    clouds.s3.resetRequests();
    clouds.gcs.resetRequests();

    assertThat(poll(handler)).isZero();

    assertThat(clouds.s3.requests().values().stream().mapToLong(Long::longValue).sum())
        .as("a read, and the look after the commit: %s", clouds.s3.requests())
        .isEqualTo(2);
    assertThat(clouds.gcs.requests().values().stream().mapToLong(Long::longValue).sum())
        .as("a conditional write: %s", clouds.gcs.requests())
        .isEqualTo(1);
    assertThat(clouds.gcs.bytes(LocalClouds.RIGHT, "k")).contains(utf8("v1"));
  }

  @Test
  void anObjectDeletedFromS3DisappearsFromGcs() throws IOException {
    ReplicationHandler handler = clouds.handler();
    put("k", "v1");
    poll(handler);

    s3.deleteObject(delete -> delete.bucket(LocalClouds.LEFT).key("k"));

    assertThat(poll(handler)).isZero();
    assertThat(clouds.gcs.objects(LocalClouds.RIGHT)).isEmpty();
  }

  @Test
  void aHintAboutTheOtherSideBringsItsObjectBack() throws IOException {
    Map<String, String> environment = clouds.environment();
    environment.put("TWINBUCKET_DIRECTION", "right-to-left");
    ReplicationHandler handler = clouds.handler(environment);
    clouds.putRight("k", utf8("from the right"));

    String answer = invoke(handler, look("gs", LocalClouds.RIGHT, "k"));

    assertThat(answer).contains("\"outcome\":\"copied\"", "\"destination\":\"s3://left/k\"");
    assertThat(clouds.s3.object(LocalClouds.LEFT, "k")).isPresent();
  }

  @Test
  void poisonInTheMiddleOfABatchIsKeptAndItsMatesAreDone() throws IOException {
    clouds.s3.put(LocalClouds.LEFT, "a", utf8("a"));
    clouds.s3.put(LocalClouds.LEFT, "b", utf8("b"));

    String answer =
        invoke(
            clouds.handler(),
            EventSource.batch(
                look("s3", LocalClouds.LEFT, "a"), "poison", look("s3", LocalClouds.LEFT, "b")));

    assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(clouds.gcs.objects(LocalClouds.RIGHT)).extracting("name").containsExactly("a", "b");
    assertThat(clouds.sqs.bodies(LocalClouds.DEAD_LETTERS)).containsExactly("poison");
    Message letter = deadLetter();
    assertThat(letter.messageAttributes().get("reason").stringValue())
        .isEqualTo("unreadable-notification");
    assertThat(letter.messageAttributes().get("detail").stringValue()).contains("expected JSON");
  }

  @Test
  void onlyThePoisonRecordOfAMessageIsKept() throws IOException {
    clouds.s3.put(LocalClouds.LEFT, "a", utf8("a"));
    clouds.s3.put(LocalClouds.LEFT, "b", utf8("b"));
    String poison = "{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\",\"s3\":7}";

    String answer =
        invoke(
            clouds.handler(),
            EventSource.batch(
                "{\"Records\":[" + created("a") + "," + poison + "," + created("b") + "]}"));

    assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(clouds.gcs.objects(LocalClouds.RIGHT)).extracting("name").containsExactly("a", "b");
    assertThat(clouds.sqs.bodies(LocalClouds.DEAD_LETTERS))
        .containsExactly("{\"Records\":[" + poison + "]}");
  }

  @Test
  void aKeyThatTheDestinationCannotHoldIsKeptByName() throws IOException {
    put("a\nb", "v");

    assertThat(poll(clouds.handler())).isZero();

    Message letter = deadLetter();
    assertThat(letter.messageAttributes().get("source").stringValue())
        .isEqualTo("s3://left/a\\u000ab");
    assertThat(letter.messageAttributes().get("rule").stringValue()).isEqualTo("pair");
    assertThat(clouds.gcs.objects(LocalClouds.RIGHT)).isEmpty();
  }

  @Test
  void nothingIsAcknowledgedWhileTheDestinationAnswers503() throws IOException {
    put("k", "v");
    FaultScript.Rule fault =
        clouds.gcs.faults().on(_ -> true).always().inject(new Fault.Answer(503, Map.of(), ""));
    ReplicationHandler handler = clouds.handler();

    assertThat(poll(handler)).isOne();
    assertThat(fault.fired()).isPositive();
    assertThat(clouds.sqs.depth(LocalClouds.QUEUE).total()).isOne();
    assertThat(lastLine().string("reason")).contains("unavailable");

    clouds.gcs.faults().clear();
    assertThat(poll(handler)).isZero();
    assertThat(clouds.gcs.objects(LocalClouds.RIGHT)).hasSize(1);
  }

  @Test
  void nothingIsAcknowledgedWhileTheDestinationRefusesCredentials() throws IOException {
    put("k", "v");
    clouds.gcs.faults().on(_ -> true).always().inject(new Fault.Answer(403, Map.of(), ""));

    assertThat(poll(clouds.handler())).isOne();

    assertThat(lastLine().string("reason")).contains("access-denied");
    assertThat(clouds.sqs.bodies(LocalClouds.DEAD_LETTERS)).isEmpty();
  }

  @Test
  void nothingIsAcknowledgedWhileTheSourceRefusesCredentials() throws IOException {
    put("k", "v");
    clouds.s3.refuseCredentials(true);

    assertThat(poll(clouds.handler())).isOne();
  }

  @Test
  void poisonStaysInTheQueueIfItsDeadLetterCannotBePut() throws IOException {
    clouds
        .sqs
        .faults()
        .on(_ -> true)
        .always()
        .inject(new Fault.Answer(503, Map.of(), "{\"__type\":\"ServiceUnavailable\"}"));

    String answer = invoke(clouds.handler(), EventSource.batch("poison"));

    assertThat(failures(answer)).containsExactly("m0");
    assertThat(lastLine().string("error")).contains("dead-letter");
  }

  @Test
  void poisonStaysInTheQueueIfThereIsNoPlaceForDeadLetters() throws IOException {
    Map<String, String> environment = clouds.environment();
    environment.remove("TWINBUCKET_DEAD_LETTER_QUEUE");

    String answer = invoke(clouds.handler(environment), EventSource.batch("poison"));

    assertThat(failures(answer)).containsExactly("m0");
  }

  @Test
  void whatThereIsNoTimeForStaysInTheQueueUntouched() throws IOException {
    put("k", "v");
    clouds.s3.resetRequests();
    byte[] batch = EventSource.batch(look("s3", LocalClouds.LEFT, "k"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    clouds
        .handler()
        .handleRequest(new ByteArrayInputStream(batch), out, new Invoked(Duration.ofMillis(400)));

    assertThat(failures(out.toString(StandardCharsets.UTF_8))).containsExactly("m0");
    assertThat(clouds.s3.requests()).isEmpty();
  }

  @Test
  void manyMessagesAboutOneKeyWriteItOnce() throws IOException {
    clouds.s3.put(LocalClouds.LEFT, "k", utf8("v"));
    String[] bodies = new String[10];
    for (int i = 0; i < bodies.length; i++) {
      bodies[i] = "{\"Records\":[" + created("k") + "]}";
    }

    assertThat(failures(invoke(clouds.handler(), EventSource.batch(bodies)))).isEmpty();

    assertThat(clouds.lines).filteredOn(line -> line.contains("\"copied\"")).hasSize(1);
    assertThat(clouds.lines).filteredOn(line -> line.contains("\"in-sync\"")).hasSize(9);
  }

  @Test
  void aDirectInvocationIsAnsweredWithASummary() throws IOException {
    clouds.s3.put(LocalClouds.LEFT, "k", utf8("v"));

    JsonObject answer = parse(invoke(clouds.handler(), "{\"Records\":[" + created("k") + "]}"));

    JsonObject outcome =
        answer.array("outcomes").orElseThrow().items().getFirst().asObject().orElseThrow();
    assertThat(outcome.string("outcome")).contains("copied");
    assertThat(outcome.string("rule")).contains("pair");
    assertThat(outcome.string("source")).contains("s3://left/k");
    assertThat(outcome.integer("bytes")).contains(1L);
  }

  @Test
  void aDirectInvocationFailsOnlyIfSomethingHasToComeBack() {
    clouds.s3.put(LocalClouds.LEFT, "k", utf8("v"));
    clouds.gcs.faults().on(_ -> true).always().inject(new Fault.Answer(503, Map.of(), ""));

    assertThatThrownBy(() -> invoke(clouds.handler(), "{\"Records\":[" + created("k") + "]}"))
        .isInstanceOf(NotDoneException.class)
        .hasMessageContainingAll("1 not done", "failed s3://left/k", "unavailable");
  }

  @Test
  void aPayloadThatIsNoJsonIsKept() throws IOException {
    assertThat(invoke(clouds.handler(), "{")).contains("\"reason\":\"unreadable-notification\"");

    assertThat(clouds.sqs.bodies(LocalClouds.DEAD_LETTERS)).containsExactly("{");
  }

  @Test
  void aPayloadThatIsNoJsonFailsTheInvocationIfItCannotBeKept() {
    Map<String, String> environment = clouds.environment();
    environment.remove("TWINBUCKET_DEAD_LETTER_QUEUE");

    assertThatThrownBy(() -> invoke(clouds.handler(environment), "{"))
        .isInstanceOf(NotDoneException.class);
  }

  @Test
  void aPlaceOutsideTheRulesIsNotTouched() throws IOException {
    clouds.s3.createBucket("other", Versioning.UNVERSIONED);
    clouds.s3.put("other", "k", utf8("v"));
    clouds.s3.resetRequests();

    assertThat(invoke(clouds.handler(), look("s3", "other", "k"))).contains("superseded");

    assertThat(clouds.s3.requests()).isEmpty();
    assertThat(clouds.gcs.objects(LocalClouds.RIGHT)).isEmpty();
  }

  @Test
  void wrongConfigurationStopsAtTheStartWithEveryError() {
    Map<String, String> environment = clouds.environment();
    environment.put("TWINBUCKET_DIRECTION", "sideways");
    environment.put("TWINBUCKET_LOG_LEVEL", "loud");

    assertThatThrownBy(() -> clouds.handler(environment))
        .isInstanceOf(SettingsException.class)
        .hasMessageContainingAll("TWINBUCKET_DIRECTION", "TWINBUCKET_LOG_LEVEL");
  }

  @Test
  void primingGoesThroughWithoutAnyRequest() {
    clouds.s3.resetRequests();

    new Priming(() -> {}).beforeCheckpoint(null);

    assertThat(clouds.s3.requests()).isEmpty();
    assertThat(clouds.lines).isEmpty();
  }

  private void put(String key, String text) {
    s3.putObject(put -> put.bucket(LocalClouds.LEFT).key(key), RequestBody.fromBytes(utf8(text)));
  }

  private int poll(ReplicationHandler handler) throws IOException {
    return new EventSource(sqs, clouds.sqs.url(LocalClouds.QUEUE), handler).poll();
  }

  private Message deadLetter() {
    List<Message> letters =
        sqs.receiveMessage(
                receive ->
                    receive
                        .queueUrl(clouds.sqs.url(LocalClouds.DEAD_LETTERS))
                        .messageAttributeNames("All"))
            .messages();
    assertThat(letters).hasSize(1);
    return letters.getFirst();
  }

  private JsonObject lastLine() {
    return parse(clouds.lines.getLast());
  }

  private static String invoke(ReplicationHandler handler, String payload) throws IOException {
    return invoke(handler, utf8(payload));
  }

  private static String invoke(ReplicationHandler handler, byte[] payload) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(payload), out, Invoked.WITH_TIME);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Set<String> failures(String answer) {
    return EventSource.failures(parse(answer));
  }

  private static JsonObject parse(String json) {
    return Json.parse(json, Limits.EVENT).asObject().orElseThrow();
  }

  private static String look(String provider, String bucket, String key) {
    return "{\"twinbucket\":\"look\",\"provider\":\"%s\",\"bucket\":\"%s\",\"key\":\"%s\"}"
        .formatted(provider, bucket, key);
  }

  private static String created(String key) {
    return """
        {"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put",\
        "eventTime":"2026-01-01T00:00:00.000Z",\
        "s3":{"bucket":{"name":"left"},"object":{"key":"%s","sequencer":"00"}}}"""
        .formatted(key);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
