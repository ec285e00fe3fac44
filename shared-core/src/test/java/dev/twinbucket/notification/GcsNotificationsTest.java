package dev.twinbucket.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GcsNotificationsTest {
  private static final String KEY = "notes/a+b c%20d%2F größer.txt";
  private static final String OBJECT = " gs twinbucket-right <" + KEY + ">";
  private static final String WRITE = " write=1795256130123456";
  private static final String REST = " etag=CIC7pJ6P/5EDEAE= size=11";
  private static final String ONE = OBJECT + WRITE + " revision=1" + REST;
  private static final String TWO = OBJECT + WRITE + " revision=2" + REST;
  private static final String MILLIS = " at=2026-11-21T10:15:30.123Z";
  private static final String MICROS = " at=2026-11-21T10:15:30.123456Z";

  private static final Map<String, byte[]> SAMPLES = Samples.in(Samples.GCP);

  private final NotificationReader reader = new NotificationReader();

  static Stream<Arguments> table() {
    return Stream.of(
        sample("cloudevent-finalized.json", "CREATED" + ONE + MICROS),
        sample("cloudevent-deleted.json", "DELETED" + ONE + MICROS),
        sample("cloudevent-archived.json", "ARCHIVED" + ONE + MICROS),
        sample("cloudevent-metadata-updated.json", "METADATA_CHANGED" + TWO + MICROS),
        sample("cloudevent-base64-data.json", "CREATED" + ONE + MICROS),
        sample(
            "cloudevent-audit-log.json",
            "unreadable: a CloudEvent of google.cloud.storage.object.v1.* or"
                + " google.cloud.pubsub.topic.v1.messagePublished"),
        sample("cloudevent-pubsub.json", "CREATED" + ONE + MICROS),
        sample("cloudevent-pubsub-look.json", "CREATED" + OBJECT),
        sample("storage-object-data.json", "CREATED" + ONE + MILLIS),
        sample("pubsub-push-finalize.json", "CREATED" + ONE + MICROS + " replaces"),
        sample("pubsub-push-finalize-no-payload.json", "CREATED" + OBJECT + WRITE + MICROS),
        sample("pubsub-push-delete.json", "DELETED" + ONE + MICROS),
        sample("pubsub-push-delete-by-overwrite.json", "DELETED" + ONE + MICROS + " replaces"),
        sample("pubsub-push-archive.json", "ARCHIVED" + ONE + MICROS + " replaces"),
        sample("pubsub-push-metadata-update.json", "METADATA_CHANGED" + TWO + MICROS),
        sample("pubsub-push-of-no-interest.json", "ignored"),
        sample("pubsub-push-look.json", "CREATED s3 twinbucket-left <notes/hello world.txt>"),
        sample("pubsub-message.json", "CREATED" + ONE + MICROS),
        sample("background-finalize.json", "CREATED" + ONE + MILLIS),
        sample("background-delete.json", "DELETED" + ONE + MILLIS),
        sample("background-archive.json", "ARCHIVED" + ONE + MILLIS),
        sample("background-metadata-update.json", "METADATA_CHANGED" + TWO + MILLIS),
        sample("background-object-change-exists.json", "CREATED" + ONE + MILLIS),
        sample("background-object-change-metadata.json", "METADATA_CHANGED" + TWO + MILLIS),
        sample("background-object-change-not-exists.json", "DELETED" + ONE + MILLIS),
        sample("background-pubsub.json", "CREATED" + ONE + MICROS),
        sample("look.json", "CREATED" + OBJECT));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void aSampleIsReadAsItsLineSays(String file, List<String> expected) {
    assertThat(Samples.lines(reader.read(SAMPLES.get(file)))).isEqualTo(expected);
  }

  @Test
  void everySampleHasItsLine() {
    assertThat(table().map(row -> (String) row.get()[0]))
        .containsExactlyInAnyOrderElementsOf(SAMPLES.keySet());
  }

  @Test
  void aCloudEventInBinaryModeIsReadLikeAStructuredOne() {
    byte[] data = SAMPLES.get("storage-object-data.json");

    assertThat(
            Samples.lines(
                reader.readCloudEvent(
                    "google.cloud.storage.object.v1.deleted",
                    "",
                    "",
                    "2026-11-21T10:15:30.123456Z",
                    data)))
        .containsExactly("DELETED" + ONE + MICROS);
  }

  @Test
  void aCloudEventWithoutDataIsReadFromSourceAndSubject() {
    assertThat(
            Samples.lines(
                reader.readCloudEvent(
                    "google.cloud.storage.object.v1.finalized",
                    "//storage.googleapis.com/projects/_/buckets/twinbucket-right",
                    "objects/" + KEY,
                    "",
                    new byte[0])))
        .containsExactly("CREATED" + OBJECT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "google.cloud.audit.log.v1.written",
        "google.cloud.firestore.document.v1.created"
      })
  void aCloudEventOfAnotherServiceIsUnreadable(String type) {
    assertThat(reader.readCloudEvent(type, "", "", "", "{}".getBytes(UTF_8)))
        .singleElement()
        .isInstanceOf(Reading.Unreadable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"bucket\":\"b\"}",
        "{\"bucket\":\"b\",\"name\":\"\"}",
        "\u0000"
      })
  void aCloudEventThatNamesNoObjectIsUnreadable(String data) {
    assertThat(
            reader.readCloudEvent(
                "google.cloud.storage.object.v1.finalized", "", "", "", data.getBytes(UTF_8)))
        .singleElement()
        .isInstanceOf(Reading.Unreadable.class);
  }

  @Test
  void anUnwrappedPubSubMessageIsReadFromItsAttributes() {
    Map<String, String> attributes =
        Map.of("eventType", "OBJECT_DELETE", "bucketId", "twinbucket-right", "objectId", KEY);

    assertThat(Samples.lines(reader.readPubSub(attributes, "not JSON".getBytes(UTF_8))))
        .containsExactly("DELETED" + OBJECT);
  }

  @Test
  void anUnwrappedPubSubMessageWithoutAnEventTypeIsAnEnvelope() {
    assertThat(Samples.lines(reader.readPubSub(Map.of(), SAMPLES.get("look.json"))))
        .containsExactly("CREATED" + OBJECT);
    assertThat(reader.readPubSub(Map.of("a", "b"), new byte[0]))
        .singleElement()
        .isInstanceOf(Reading.Unreadable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"message\":{}}",
        "{\"message\":null}",
        "{\"message\":{\"data\":\"!\"}}",
        "{\"message\":{\"attributes\":{\"eventType\":\"OBJECT_FINALIZE\",\"bucketId\":\"b\"}}}",
        "{\"message\":{\"attributes\":{\"eventType\":\"OBJECT_FINALIZE\",\"objectId\":\"k\"}}}",
        "{\"message\":{\"attributes\":{\"eventType\":\"OBJECT_FINALIZE\",\"bucketId\":\"b\",\"objectId\":7}}}",
        "{\"eventType\":\"google.firebase.database.create\",\"data\":{}}",
        "{\"eventType\":\"google.storage.object.finalize\",\"data\":7}",
        "{\"eventType\":\"providers/cloud.storage/eventTypes/object.change\",\"data\":{\"bucket\":\"b\",\"name\":\"k\",\"resourceState\":\"maybe\"}}",
        "{\"kind\":\"storage#object\"}",
        "{\"specversion\":\"1.0\"}",
        "{\"specversion\":\"1.0\",\"type\":\"google.cloud.storage.object.v1.finalized\",\"data_base64\":\"!\"}",
      })
  void whatNamesNoObjectIsUnreadable(String payload) {
    assertThat(reader.read(payload)).singleElement().isInstanceOf(Reading.Unreadable.class);
  }

  private static Arguments sample(String file, String... lines) {
    return Arguments.of(file, List.of(lines));
  }
}
