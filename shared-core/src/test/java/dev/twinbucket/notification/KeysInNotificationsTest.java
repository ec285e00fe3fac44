package dev.twinbucket.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonObject;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an object is called, every format gives its name back exactly. */
class KeysInNotificationsTest {
  private static final long SEED = Long.getLong("twinbucket.seed", 20261121L);
  private static final int RANDOM_KEYS = 1000;
  private static final List<EventType> TYPES = List.of(EventType.values());
  private static final Pattern UNIT =
      Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u([0-9a-fA-F]{4})");
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

  private final NotificationReader reader = new NotificationReader();

  static List<String> awkwardKeys() {
    return List.of(
        "a+b c%20d%2F",
        "%2F",
        "%2520",
        "+",
        "%2B",
        "%",
        "%%",
        "100%",
        "a//b",
        "a/b",
        "/lead",
        "//",
        "./x",
        ".",
        "..",
        "a/../b",
        "dir/",
        " ",
        " leading and trailing ",
        "\"quoted\" 'too'",
        "back\\slash",
        "\\u0041",
        "<&>",
        "a?b#c;d=e,f:g@h|i~j*k",
        "{\"Records\":[]}",
        "\uD83E\uDD9D emoji \uD83D\uDC69\u200D\uD83D\uDE80",
        "caf\u00E9",
        "cafe\u0301",
        "narrow\u202Fspace",
        "bell\u0007",
        "nul\u0000",
        "tab\tline\nreturn\r",
        "\uFEFFmark",
        "\uFFFD\uFFFF",
        "right\u202Eleft",
        "x".repeat(1024),
        "\u00E4".repeat(512),
        "\uD83E\uDD9D".repeat(256));
  }

  @ParameterizedTest
  @MethodSource("awkwardKeys")
  void anAwkwardKeyComesBackExactlyFromEveryFormat(String key) {
    requireExactEverywhere(key);
  }

  @Test
  void aRandomKeyComesBackExactlyFromEveryFormat() {
    System.out.println("KeysInNotificationsTest: -Dtwinbucket.seed=" + SEED);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < RANDOM_KEYS; i++) {
      requireExactEverywhere(randomKey(random));
    }
  }

  @Test
  void everyEventComesBackEqualFromItsOwnMessage() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < RANDOM_KEYS; i++) {
      ObjectEvent event =
          new ObjectEvent(
              random.nextBoolean() ? "s3" : "gs",
              "bucket",
              randomKey(random),
              TYPES.get(random.nextInt(TYPES.size())),
              random.nextBoolean() ? "" : "write" + random.nextInt(),
              random.nextBoolean() ? "" : "revision" + random.nextInt(),
              random.nextBoolean() ? "" : "etag" + random.nextInt(),
              random.nextBoolean() ? ObjectEvent.UNKNOWN_SIZE : random.nextLong(1L << 50),
              random.nextBoolean()
                  ? Optional.empty()
                  : Optional.of(Instant.ofEpochSecond(random.nextLong(1L << 33), 123_456_789)),
              random.nextBoolean());

      assertThat(reader.read(Json.writeBytes(LookMessage.of(event))))
          .containsExactly(new Reading.Hint(event));
    }
  }

  private void requireExactEverywhere(String key) {
    for (Map.Entry<String, JsonObject> payload : payloads(key).entrySet()) {
      List<Reading> escaped = reader.read(Json.write(payload.getValue()));
      assertThat(escaped).as(payload.getKey()).hasSize(1);
      assertThat(escaped.getFirst()).isInstanceOf(Reading.Hint.class);
      assertThat(((Reading.Hint) escaped.getFirst()).event().key())
          .as(payload.getKey())
          .isEqualTo(key);
      assertThat(reader.read(unescaped(payload.getValue()).getBytes(UTF_8)))
          .as("%s in plain UTF-8", payload.getKey())
          .isEqualTo(escaped);
    }
  }

  private static Map<String, JsonObject> payloads(String key) {
    String form = URLEncoder.encode(key, UTF_8);
    JsonObject s3 = s3(form);
    JsonObject s3AsAmazonWritesIt = s3(form.replace("%2F", "/").replace("*", "%2A"));
    JsonObject resource =
        JsonObject.builder().put("bucket", "b").put("name", key).put("generation", "1").build();
    JsonObject pubSub =
        JsonObject.builder()
            .put(
                "message",
                JsonObject.builder()
                    .put(
                        "attributes",
                        JsonObject.builder()
                            .put("eventType", "OBJECT_FINALIZE")
                            .put("bucketId", "b")
                            .put("objectId", key)
                            .build())
                    .put("data", Base64.getEncoder().encodeToString(Json.writeBytes(resource)))
                    .build())
            .build();
    JsonObject eventBridge =
        JsonObject.builder()
            .put("source", "aws.s3")
            .put("detail-type", "Object Created")
            .put(
                "detail",
                JsonObject.builder()
                    .put("bucket", JsonObject.builder().put("name", "b").build())
                    .put("object", JsonObject.builder().put("key", key).build())
                    .build())
            .build();
    return Map.of(
        "S3", s3,
        "S3, slashes kept", s3AsAmazonWritesIt,
        "S3, lower-case escapes", s3(lowerCaseEscapes(form)),
        "S3 in SQS", sqs(s3AsAmazonWritesIt),
        "S3 in SNS in SQS", sqs(sns(s3AsAmazonWritesIt)),
        "EventBridge", eventBridge,
        "EventBridge in SQS", sqs(eventBridge),
        "CloudEvent", cloudEvent("google.cloud.storage.object.v1.finalized", resource),
        "Pub/Sub", pubSub,
        "Pub/Sub in a CloudEvent",
            cloudEvent("google.cloud.pubsub.topic.v1.messagePublished", pubSub));
  }

  private static JsonObject s3(String encodedKey) {
    return records(
        JsonObject.builder()
            .put("eventSource", "aws:s3")
            .put("eventName", "ObjectCreated:Put")
            .put(
                "s3",
                JsonObject.builder()
                    .put("bucket", JsonObject.builder().put("name", "b").build())
                    .put("object", JsonObject.builder().put("key", encodedKey).build())
                    .build())
            .build());
  }

  private static JsonObject sqs(JsonObject body) {
    return records(
        JsonObject.builder()
            .put("eventSource", "aws:sqs")
            .put("messageId", "1")
            .put("body", Json.write(body))
            .build());
  }

  private static JsonObject sns(JsonObject message) {
    return JsonObject.builder()
        .put("Type", "Notification")
        .put("TopicArn", "t")
        .put("Message", unescaped(message))
        .build();
  }

  private static JsonObject cloudEvent(String type, JsonObject data) {
    return JsonObject.builder()
        .put("specversion", "1.0")
        .put("type", type)
        .put("data", data)
        .build();
  }

  private static JsonObject records(JsonObject record) {
    return JsonObject.builder().put("Records", JsonArray.of(record)).build();
  }

  private static String lowerCaseEscapes(String form) {
    return ESCAPE.matcher(form).replaceAll(match -> match.group().toLowerCase(Locale.ROOT));
  }

  /** The same text with as few escapes as JSON allows, as the clouds write it. */
  private static String unescaped(JsonObject value) {
    UnaryOperator<String> plain =
        hex -> {
          char c = (char) Integer.parseInt(hex, 16);
          return c < 0x80 ? "\\\\u" + hex : Character.toString(c);
        };
    return UNIT.matcher(Json.write(value))
        .replaceAll(
            match ->
                match.group(1).replace("\\", "\\\\")
                    + plain.apply(match.group(2)).replace("$", "\\$"));
  }

  private static String randomKey(SplittableRandom random) {
    List<Integer> codePoints = new ArrayList<>();
    int left = 1 + random.nextInt(random.nextInt(10) == 0 ? 1024 : 40);
    while (left > 0) {
      int c =
          switch (random.nextInt(4)) {
            case 0 -> "%+ /\\\"&=?#;".codePointAt(random.nextInt(11));
            case 1 -> random.nextInt(0x80);
            case 2 -> random.nextInt(0x800);
            default -> random.nextInt(Character.MAX_CODE_POINT + 1);
          };
      boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
      int bytes = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (!surrogate && bytes <= left) {
        codePoints.add(c);
        left -= bytes;
      }
    }
    StringBuilder key = new StringBuilder();
    codePoints.forEach(key::appendCodePoint);
    return key.toString();
  }
}
