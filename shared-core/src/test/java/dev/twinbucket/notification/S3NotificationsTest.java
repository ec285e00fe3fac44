package dev.twinbucket.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3NotificationsTest {
  private static final String L = " s3 twinbucket-left ";
  private static final String AT = " at=2026-11-21T10:15:30.123Z";
  private static final String AT_SECOND = " at=2026-11-21T10:15:30Z";
  private static final String ELEVEN = " etag=5eb63bbbe01eeed093cb22bb8f5acdc3 size=11";
  private static final String ETAG = " etag=5eb63bbbe01eeed093cb22bb8f5acdc3";
  private static final String EMPTY_ETAG = " etag=d41d8cd98f00b204e9800998ecf8427e";
  private static final String VERSION = " write=3sL4kqtJlcpXroDTDmJ.xiEXAMPLE41V";
  private static final String HELLO = "CREATED" + L + "<notes/hello world.txt>" + ELEVEN + AT;
  private static final String FIRST = "CREATED" + L + "<good/first>" + ELEVEN + AT;
  private static final String LAST = "CREATED" + L + "<good/läst>" + ELEVEN + AT;
  private static final String BAD_KEY = "unreadable: a key in percent-encoded UTF-8";

  private static final Map<String, byte[]> SAMPLES = Samples.in(Samples.AWS);

  private final NotificationReader reader = new NotificationReader();

  static Stream<Arguments> table() {
    return Stream.of(
        sample("s3-put.json", HELLO),
        sample("s3-put-versioned.json", "CREATED" + L + "<a+b c%20d%2F>" + VERSION + ELEVEN + AT),
        sample(
            "s3-complete-multipart-upload.json",
            "CREATED"
                + L
                + "<video/groß.mp4> etag=9b2cf535f27731c974343645a3985328-640 size=5368709121"
                + AT),
        sample(
            "s3-multi-record.json",
            "CREATED" + L + "<batch/one>" + ELEVEN + AT,
            "CREATED" + L + "<batch/two/not-a-folder>" + ELEVEN + AT,
            "DELETED" + L + "<batch/three>" + AT),
        sample("s3-delete.json", "DELETED" + L + "<notes/hello world.txt>" + AT),
        sample(
            "s3-delete-marker.json",
            "ARCHIVED"
                + L
                + "<notes/hello world.txt> write=MarkerEXAMPLEuSr9bEWkYPwl4aqvpL"
                + EMPTY_ETAG
                + AT),
        sample(
            "s3-lifecycle-expiration.json",
            "EXPIRED" + L + "<logs/2025/old.log>" + AT,
            "EXPIRED"
                + L
                + "<logs/2025/older.log> write=ExpiryEXAMPLEuSr9bEWkYPwl4aqvpL"
                + EMPTY_ETAG
                + AT),
        sample(
            "s3-tagging.json",
            "METADATA_CHANGED" + L + "<notes/tagged.txt>" + VERSION + ETAG + AT,
            "METADATA_CHANGED" + L + "<notes/tagged.txt>" + VERSION + ETAG + AT),
        sample(
            "s3-restore.json",
            "ignored",
            "RESTORED" + L + "<archive/deep.bin>" + ELEVEN + AT,
            "ignored"),
        sample("s3-of-no-interest.json", "ignored", "ignored", "ignored", "ignored", "ignored"),
        sample("s3-poison-in-the-middle.json", FIRST, BAD_KEY, LAST),
        sample("s3-test-event.json", "ignored"),
        sample("sqs-s3.json", HELLO, "DELETED" + L + "<notes/gone.txt>" + AT),
        sample("sqs-mixed-poison.json", FIRST, BAD_KEY, LAST, "ignored", "unreadable: JSON", HELLO),
        sample("sqs-sns-s3.json", HELLO),
        sample("sqs-sns-raw-s3.json", "CREATED" + L + "<raw/delivery>" + ELEVEN + AT),
        sample("sns-s3.json", HELLO),
        sample("sns-subscription-confirmation.json", "ignored"),
        sample(
            "eventbridge-created.json",
            "CREATED" + L + "<a+b c%20d%2F>" + VERSION + ELEVEN + AT_SECOND),
        sample("eventbridge-deleted.json", "DELETED" + L + "<notes/hello world.txt>" + AT_SECOND),
        sample(
            "eventbridge-delete-marker.json",
            "ARCHIVED"
                + L
                + "<notes/hello world.txt> write=MarkerEXAMPLEuSr9bEWkYPwl4aqvpL"
                + EMPTY_ETAG
                + AT_SECOND),
        sample(
            "eventbridge-lifecycle-expiration.json",
            "EXPIRED" + L + "<logs/2025/old.log>" + AT_SECOND),
        sample(
            "eventbridge-restore-completed.json",
            "RESTORED" + L + "<archive/deep.bin>" + ELEVEN + AT_SECOND),
        sample(
            "eventbridge-tags-added.json",
            "METADATA_CHANGED" + L + "<notes/tagged.txt>" + ELEVEN + AT_SECOND),
        sample(
            "eventbridge-tags-deleted.json",
            "METADATA_CHANGED" + L + "<notes/tagged.txt>" + ELEVEN + AT_SECOND),
        sample("eventbridge-of-no-interest.json", "ignored"),
        sample(
            "sqs-eventbridge.json",
            "CREATED" + L + "<a+b c%20d%2F>" + VERSION + ELEVEN + AT_SECOND,
            "ignored"),
        sample("minio-put.json", "CREATED" + L + "<notes/a+b c.txt>" + ELEVEN + AT),
        sample("minio-delete.json", "DELETED" + L + "<notes/a+b c.txt>" + AT_SECOND),
        sample(
            "minio-put-tagging.json", "METADATA_CHANGED" + L + "<notes/tagged.txt>" + ELEVEN + AT),
        sample("minio-of-no-interest.json", "ignored"),
        sample("look.json", "CREATED" + L + "<notes/hello world.txt>"),
        sample(
            "sqs-look.json",
            "DELETED gs twinbucket-right <50%.txt> write=1795256130123456 replaces"));
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ObjectCreated:Put",
        "ObjectCreated:Post",
        "ObjectCreated:Copy",
        "ObjectCreated:CompleteMultipartUpload",
        "ObjectCreated:SomethingNew",
        "s3:ObjectCreated:Put",
      })
  void everyCreationIsOne(String name) {
    assertThat(Samples.lines(reader.read(record(name, "\"k\""))))
        .containsExactly("CREATED s3 b <k>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "a%2",
        "a%2x",
        "a%+1",
        "%C3",
        "%FF",
        "%C0%80",
        "%ED%A0%80",
        "%F4%90%80%80",
        "",
      })
  void aKeyThatIsNotWellFormedIsUnreadable(String key) {
    assertThat(reader.read(record("ObjectCreated:Put", '"' + key + '"')))
        .singleElement()
        .isInstanceOf(Reading.Unreadable.class);
  }

  @Test
  void aKeyMayHave1024BytesAndNoMore() {
    String longest = "%C3%A4".repeat(512);

    assertThat(Samples.lines(reader.read(record("ObjectCreated:Put", '"' + longest + '"'))))
        .containsExactly("CREATED s3 b <" + "ä".repeat(512) + ">");
    assertThat(Samples.lines(reader.read(record("ObjectCreated:Put", '"' + longest + "x\""))))
        .containsExactly("unreadable: a key of 1 to 1024 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "null", "{}", "[\"k\"]", "true"})
  void aKeyOfAnotherKindIsUnreadable(String key) {
    assertThat(Samples.lines(reader.read(record("ObjectCreated:Put", key))))
        .containsExactly("unreadable: a string at s3.object.key");
  }

  @Test
  void optionalMembersOfAnotherKindAreAsGoodAsAbsent() {
    String odd =
        """
        {"Records":[{"eventName":"ObjectCreated:Put","eventTime":5,"s3":{"bucket":{"name":"b"},
          "object":{"key":"k","size":-1,"eTag":{},"versionId":7,"sequencer":[]}}}]}""";

    assertThat(Samples.lines(reader.read(odd))).containsExactly("CREATED s3 b <k>");
  }

  @Test
  void aQuotedEtagLosesItsQuotesAndAVersionCalledNullIsNone() {
    String quoted =
        """
        {"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},
          "object":{"key":"k","size":"12","eTag":"\\"e\\"","versionId":"null"}}}]}""";

    assertThat(Samples.lines(reader.read(quoted)))
        .containsExactly("CREATED s3 b <k> etag=e size=12");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "7",
        "null",
        "\"text\"",
        "",
        "{\"Records\":{}}",
        "{\"Records\":[null]}",
        "{\"Records\":[{}]}",
        "{\"Records\":[{\"eventSource\":\"aws:dynamodb\"}]}",
        "{\"Records\":[{\"eventSource\":\"aws:sqs\"}]}",
        "{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":\"text\"}]}",
        "{\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\",\"detail\":{}}",
        "{\"detail-type\":\"Object Created\",\"source\":\"aws.s3\"}",
        "{\"TopicArn\":\"t\",\"Type\":\"Notification\"}",
        "{\"twinbucket\":\"jump\"}",
        "{\"twinbucket\":\"look\",\"provider\":\"ftp\",\"bucket\":\"b\",\"key\":\"k\"}",
        "{\"twinbucket\":\"look\",\"provider\":\"s3\",\"bucket\":\"\",\"key\":\"k\"}",
        "{\"twinbucket\":\"look\",\"provider\":\"s3\",\"bucket\":\"b\",\"key\":\"k\",\"type\":\"x\"}",
      })
  void whatIsNoNotificationIsUnreadable(String payload) {
    assertThat(reader.read(payload)).singleElement().isInstanceOf(Reading.Unreadable.class);
  }

  @Test
  void whatWasFoundIsShownShortAndEscaped() {
    String forged = "x\\n2026 INFO forged" + "y".repeat(5000);

    Reading reading =
        reader.read("{\"Records\":[{\"eventSource\":\"" + forged + "\"}]}").getFirst();

    assertThat(reading.toString()).hasSizeLessThan(300).doesNotContain("\n");
  }

  @Test
  void envelopesMayNotContainOneAnotherForever() {
    String payload = record("ObjectCreated:Put", "\"k\"");
    for (int i = 0; i < NotificationLimits.DEFAULT.envelopes(); i++) {
      payload = sns(payload);
    }

    assertThat(Samples.lines(reader.read(payload))).containsExactly("CREATED s3 b <k>");
    assertThat(Samples.lines(reader.read(sns(payload))))
        .containsExactly("unreadable: at most 5 envelopes");
  }

  @Test
  void aListOfTooManyRecordsIsRefusedAsAWhole() {
    NotificationReader small =
        new NotificationReader(new NotificationLimits(NotificationLimits.DEFAULT.json(), 2, 1));

    assertThat(small.read("{\"Records\":[{},{}]}")).hasSize(2);
    assertThat(Samples.lines(small.read("{\"Records\":[{},{},{}]}")))
        .containsExactly("unreadable: at most 2 Records");
  }

  private static String record(String eventName, String keyJson) {
    return "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\""
        + eventName
        + "\",\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":"
        + keyJson
        + "}}}]}";
  }

  private static String sns(String message) {
    return Json.write(
        JsonObject.builder()
            .put("Type", "Notification")
            .put("TopicArn", "t")
            .put("Message", message)
            .build());
  }

  private static Arguments sample(String file, String... lines) {
    return Arguments.of(file, List.of(lines));
  }
}
