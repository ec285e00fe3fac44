package dev.twinbucket.local.s3;

import static dev.twinbucket.local.s3.TestingS3.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.FilterRuleName;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

class NotificationsTest {
  private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:events";

  private final TestingS3 s3 =
      new TestingS3(
          LocalS3.builder()
              .bucket(BUCKET)
              .clock(InstantSource.fixed(Instant.parse("2026-11-21T01:02:03.456Z"))));

  @AfterEach
  void stop() {
    s3.close();
  }

  @Test
  void aCreationSaysWhatTheRealOneSays() throws JsonProcessingException {
    s3.client()
        .putObject(p -> p.bucket(BUCKET).key("a+b c/\u00E9"), RequestBody.fromString("hello"));
    JsonNode event = records(s3.notifications().getFirst()).get(0);
    assertThat(event.path("eventVersion").asText()).isEqualTo("2.1");
    assertThat(event.path("eventSource").asText()).isEqualTo("aws:s3");
    assertThat(event.path("awsRegion").asText()).isEqualTo("us-east-1");
    assertThat(event.path("eventTime").asText()).isEqualTo("2026-11-21T01:02:03.456Z");
    assertThat(event.path("eventName").asText()).isEqualTo("ObjectCreated:Put");
    assertThat(event.at("/s3/bucket/name").asText()).isEqualTo(BUCKET);
    assertThat(event.at("/s3/bucket/arn").asText()).isEqualTo("arn:aws:s3:::" + BUCKET);
    assertThat(event.at("/s3/object/key").asText()).isEqualTo("a%2Bb+c/%C3%A9");
    assertThat(event.at("/s3/object/size").asLong()).isEqualTo(5);
    assertThat(event.at("/s3/object/eTag").asText()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
    assertThat(event.at("/s3/object/versionId").isMissingNode()).isTrue();
    assertThat(event.at("/s3/object/sequencer").asText()).matches("[0-9A-F]{18}");
  }

  @Test
  void sequencersOfOneKeyGrowAsTexts() throws JsonProcessingException {
    List<String> sequencers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      s3.server().put(BUCKET, "k", new byte[0]);
    }
    s3.server().delete(BUCKET, "k");
    for (String notification : s3.notifications()) {
      sequencers.add(records(notification).get(0).at("/s3/object/sequencer").asText());
    }
    assertThat(sequencers).hasSize(301).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void tagsAndDeletesAreNotified() throws JsonProcessingException {
    s3.server().put(BUCKET, "k", new byte[0]);
    s3.client()
        .putObjectTagging(
            t ->
                t.bucket(BUCKET)
                    .key("k")
                    .tagging(g -> g.tagSet(Tag.builder().key("a").value("b").build())));
    assertThat(s3.client().getObjectTagging(t -> t.bucket(BUCKET).key("k")).tagSet())
        .containsExactly(Tag.builder().key("a").value("b").build());
    s3.client().deleteObjectTagging(t -> t.bucket(BUCKET).key("k"));
    s3.client().deleteObject(d -> d.bucket(BUCKET).key("k"));
    s3.client().deleteObject(d -> d.bucket(BUCKET).key("k"));
    List<String> names = new ArrayList<>();
    for (String notification : s3.notifications()) {
      names.add(records(notification).get(0).path("eventName").asText());
    }
    assertThat(names)
        .containsExactly(
            "ObjectCreated:Put",
            "ObjectTagging:Put",
            "ObjectTagging:Delete",
            "ObjectRemoved:Delete");
    JsonNode removed = records(s3.notifications().getLast()).get(0).at("/s3/object");
    assertThat(removed.has("size")).isFalse();
    assertThat(removed.has("eTag")).isFalse();
  }

  @Test
  void aConfiguredQueueGetsATestMessageAndThenWhatItsFilterLetsThrough()
      throws JsonProcessingException {
    Map<String, List<String>> queues = new ConcurrentHashMap<>(Map.of(QUEUE, new ArrayList<>()));
    s3.server().connectQueues(new MapQueues(queues));
    s3.client()
        .putBucketNotificationConfiguration(
            n -> n.bucket(BUCKET).notificationConfiguration(configuration(QUEUE)));

    s3.server().put(BUCKET, "in/a.txt", new byte[0]);
    s3.server().put(BUCKET, "in/a.jpg", new byte[0]);
    s3.server().put(BUCKET, "a.txt", new byte[0]);
    s3.server().delete(BUCKET, "in/a.txt");

    List<String> got = queues.get(QUEUE);
    assertThat(got).hasSize(2);
    assertThat(got.getFirst()).contains("\"Event\":\"s3:TestEvent\"");
    JsonNode event = records(got.getLast()).get(0);
    assertThat(event.at("/s3/object/key").asText()).isEqualTo("in/a.txt");
    assertThat(event.at("/s3/configurationId").asText()).isEqualTo("to-queue");
    assertThat(
            s3.client()
                .getBucketNotificationConfiguration(n -> n.bucket(BUCKET))
                .queueConfigurations())
        .isEqualTo(configuration(QUEUE).queueConfigurations());
  }

  @Test
  void aConfigurationWithAnUnknownQueueIsRefused() {
    s3.server().connectQueues(new MapQueues(Map.of()));
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(
            () ->
                s3.client()
                    .putBucketNotificationConfiguration(
                        n ->
                            n.bucket(BUCKET)
                                .notificationConfiguration(configuration(QUEUE + "-2"))))
        .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidArgument"));
  }

  @Test
  void aShakyRoadLosesNothingUnlessItDropsAndIsTheSameForTheSameSeed() {
    List<String> first = shaken(7, new ShakyNotifications.Manner(0, 0.3, 0.5, 5));
    List<String> second = shaken(7, new ShakyNotifications.Manner(0, 0.3, 0.5, 5));
    assertThat(first).isEqualTo(second);
    assertThat(first).hasSizeGreaterThan(100);
    assertThat(first.stream().distinct()).hasSize(100);
    assertThat(first.stream().distinct().toList()).isNotEqualTo(numbers());
    assertThat(shaken(7, new ShakyNotifications.Manner(0.5, 0, 0, 1)).size()).isBetween(30, 70);
    assertThat(shaken(7, new ShakyNotifications.Manner(0, 0, 0, 1))).isEqualTo(numbers());
  }

  private static List<String> shaken(long seed, ShakyNotifications.Manner manner) {
    List<String> arrived = new ArrayList<>();
    ShakyNotifications road =
        new ShakyNotifications((bucket, json) -> arrived.add(json), manner, seed);
    numbers().forEach(n -> road.onNotification("b", n));
    road.flush();
    assertThat(road.held()).isZero();
    return arrived;
  }

  private static List<String> numbers() {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      numbers.add("n" + i);
    }
    return numbers;
  }

  private static NotificationConfiguration configuration(String queue) {
    List<FilterRule> rules =
        List.of(
            FilterRule.builder().name(FilterRuleName.PREFIX).value("in/").build(),
            FilterRule.builder().name(FilterRuleName.SUFFIX).value(".txt").build());
    QueueConfiguration toQueue =
        QueueConfiguration.builder()
            .id("to-queue")
            .queueArn(queue)
            .events(Event.S3_OBJECT_CREATED)
            .filter(f -> f.key(k -> k.filterRules(rules)))
            .build();
    return NotificationConfiguration.builder().queueConfigurations(toQueue).build();
  }

  private static JsonNode records(String json) throws JsonProcessingException {
    return new ObjectMapper().readTree(json).path("Records");
  }

  private record MapQueues(Map<String, List<String>> queues) implements QueueSender {
    @Override
    public boolean exists(String queueArn) {
      return queues.containsKey(queueArn);
    }

    @Override
    public void send(String queueArn, String body) {
      queues.get(queueArn).add(body);
    }
  }
}
