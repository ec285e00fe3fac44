package dev.twinbucket.notification;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonBoolean;
import dev.twinbucket.json.JsonException;
import dev.twinbucket.json.JsonNull;
import dev.twinbucket.json.JsonNumber;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonString;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.json.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No input makes a reader throw. Each input is a sample with a few mutations, in its bytes or in
 * its tree; the texts inside it that are JSON themselves (queue bodies) are mutated as trees too.
 */
class FuzzedNotificationsTest {
  private static final long SEED = Long.getLong("twinbucket.seed", 4711L);
  private static final int INPUTS = Integer.getInteger("twinbucket.fuzz", 200_000);
  private static final List<byte[]> SAMPLES =
      Stream.of(Samples.AWS, Samples.GCP)
          .flatMap(folder -> Samples.in(folder).values().stream())
          .toList();
  private static final List<JsonValue> TREES =
      SAMPLES.stream().map(sample -> Json.parse(sample, Limits.EVENT)).toList();
  private static final List<byte[]> SHARDS_OF_JSON =
      Stream.of(
              "{",
              "}",
              "[",
              "]",
              "\"",
              "\\",
              ",",
              ":",
              "null",
              "1e999999",
              "-",
              "\\ud800",
              "\\u0000",
              "%",
              "%zz",
              "\u00ff",
              "\uFFFF",
              "\"Records\":",
              "\"body\":\"{}\"",
              "[".repeat(70),
              "{\"a\":".repeat(70))
          .map(text -> text.getBytes(UTF_8))
          .toList();
  private static final String HUGE = "%F0%9F%A6%9D".repeat(500);

  private enum Kind {
    HINT,
    IGNORED,
    UNREADABLE
  }

  private final NotificationReader reader = new NotificationReader();

  @Test
  void noInputMakesAReaderThrow() {
    System.out.println("FuzzedNotificationsTest: -Dtwinbucket.seed=" + SEED);
    Map<Kind, Integer> seen = new EnumMap<>(Kind.class);
    for (int i = 0; i < INPUTS; i++) {
      // Each input has a seed of its own, so that one can be run again by itself.
      SplittableRandom random = new SplittableRandom(SEED + i);
      byte[] input =
          i % 2 == 0
              ? mutateBytes(any(SAMPLES, random), random)
              : mutateTree(any(TREES, random), random);
      for (Reading reading : requireReadings(input, SEED + i)) {
        seen.merge(kind(reading), 1, Integer::sum);
      }
    }
    // Mutations that nothing survived, or that nothing noticed, would prove nothing.
    assertThat(seen.get(Kind.HINT)).isGreaterThan(INPUTS / 10);
    assertThat(seen.get(Kind.UNREADABLE)).isGreaterThan(INPUTS / 10);
    assertThat(seen.get(Kind.IGNORED)).isPositive();
  }

  @Test
  void noDataMakesTheReaderOfABareEventThrow() {
    byte[] sample = Samples.in(Samples.GCP).get("storage-object-data.json");
    JsonValue tree = Json.parse(sample, Limits.EVENT);
    Map<String, String> attributes =
        Map.of("eventType", "OBJECT_FINALIZE", "bucketId", "b", "objectId", "k");
    for (int i = 0; i < INPUTS / 20; i++) {
      SplittableRandom random = new SplittableRandom(SEED + i);
      byte[] data = i % 2 == 0 ? mutateBytes(sample, random) : mutateTree(tree, random);
      requireSound(
          reader.readCloudEvent("google.cloud.storage.object.v1.finalized", "", "", "", data),
          SEED + i);
      assertThat(reader.readPubSub(attributes, data))
          .singleElement()
          .isInstanceOf(Reading.Hint.class);
    }
  }

  private List<Reading> requireReadings(byte[] input, long seed) {
    try {
      List<Reading> readings = reader.read(input);
      requireSound(readings, seed);
      return readings;
    } catch (RuntimeException | StackOverflowError e) {
      return fail("seed " + seed + " made the reader throw on " + text(input), e);
    }
  }

  private static void requireSound(List<Reading> readings, long seed) {
    if (readings.isEmpty()) {
      fail("seed " + seed + " was read as nothing at all");
    }
    for (Reading reading : readings) {
      boolean sound =
          switch (reading) {
            case Reading.Hint(var event) ->
                !event.bucket().isEmpty()
                    && !event.key().isEmpty()
                    && event.key().getBytes(UTF_8).length <= 1024
                    && new String(event.key().getBytes(UTF_8), UTF_8).equals(event.key())
                    && event.size() >= -1;
            case Reading.Ignored(String reason) -> isShortAndPlain(reason);
            case Reading.Unreadable(String expected, String found) ->
                isShortAndPlain(expected) && isShortAndPlain(found);
          };
      if (!sound) {
        fail("seed " + seed + " was read as " + reading);
      }
    }
  }

  private static boolean isShortAndPlain(String text) {
    return !text.isEmpty()
        && text.length() < 700
        && text.codePoints().noneMatch(Character::isISOControl);
  }

  private static Kind kind(Reading reading) {
    return switch (reading) {
      case Reading.Hint hint -> Kind.HINT;
      case Reading.Ignored ignored -> Kind.IGNORED;
      case Reading.Unreadable unreadable -> Kind.UNREADABLE;
    };
  }

  private static byte[] mutateBytes(byte[] sample, SplittableRandom random) {
    byte[] bytes = sample.clone();
    for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 ->
            bytes =
                spliced(
                    bytes, at, new byte[0], Math.min(at + 1 + random.nextInt(30), bytes.length));
        case 4 -> bytes = spliced(bytes, at, any(SHARDS_OF_JSON, random), at);
        default -> {
          byte[] other = any(SAMPLES, random);
          int from = random.nextInt(other.length);
          bytes = spliced(bytes, at, Arrays.copyOfRange(other, from, other.length), bytes.length);
        }
      }
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int at, byte[] middle, int goOnAt) {
    byte[] result = Arrays.copyOf(bytes, at + middle.length + bytes.length - goOnAt);
    System.arraycopy(middle, 0, result, at, middle.length);
    System.arraycopy(bytes, goOnAt, result, at + middle.length, bytes.length - goOnAt);
    return result;
  }

  private static byte[] mutateTree(JsonValue sample, SplittableRandom random) {
    JsonValue tree = sample;
    for (int i = random.nextInt(3); i >= 0; i--) {
      tree = mutated(tree, random);
    }
    String text = Json.write(tree);
    if (random.nextInt(20) == 0) {
      // A tree cannot hold a name twice, a text can.
      text = text.replaceFirst("\"([A-Za-z]+)\":", "\"$1\":0,\"$1\":");
    }
    return text.getBytes(UTF_8);
  }

  /** Walks down at random and changes what it comes to. */
  private static JsonValue mutated(JsonValue value, SplittableRandom random) {
    if (random.nextInt(8) == 0) {
      return replacement(value, random);
    }
    return switch (value) {
      case JsonObject(Map<String, JsonValue> members) when !members.isEmpty() -> {
        String chosen = any(List.copyOf(members.keySet()), random);
        int deed = random.nextInt(12);
        JsonObject.Builder object = JsonObject.builder();
        members.forEach(
            (name, member) -> {
              if (!name.equals(chosen)) {
                object.put(name, member);
              } else if (deed == 0) {
                object.put(name + "x", member);
              } else if (deed != 1) {
                object.put(name, mutated(member, random));
              }
            });
        yield object.build();
      }
      case JsonArray(List<JsonValue> items) when !items.isEmpty() -> {
        List<JsonValue> changed = new ArrayList<>(items);
        int at = random.nextInt(items.size());
        switch (random.nextInt(12)) {
          case 0 -> changed.remove(at);
          case 1 -> changed.add(items.get(at));
          default -> changed.set(at, mutated(items.get(at), random));
        }
        yield new JsonArray(changed);
      }
      case JsonString(String text) when text.startsWith("{") -> {
        try {
          yield new JsonString(Json.write(mutated(Json.parse(text, Limits.EVENT), random)));
        } catch (JsonException noJson) {
          yield replacement(value, random);
        }
      }
      default -> replacement(value, random);
    };
  }

  private static JsonValue replacement(JsonValue value, SplittableRandom random) {
    return switch (random.nextInt(12)) {
      case 0 -> new JsonNull();
      case 1 -> new JsonBoolean(true);
      case 2 -> new JsonNumber("1e999");
      case 3 -> JsonNumber.of(random.nextLong());
      case 4 -> JsonObject.EMPTY;
      case 5 -> JsonArray.of(value);
      case 6 -> new JsonString("");
      case 7 -> new JsonString(HUGE);
      case 8 -> nested(value, 1 + random.nextInt(80));
      case 9 -> new JsonString(Json.write(value));
      case 10 -> new JsonString("%" + (char) random.nextInt(0x10000) + "%4\u0000\uD83E");
      default -> JsonObject.builder().put("Records", JsonArray.of(value, value)).build();
    };
  }

  private static JsonValue nested(JsonValue value, int depth) {
    JsonValue nest = value;
    for (int i = 0; i < depth; i++) {
      nest = i % 2 == 0 ? JsonArray.of(nest) : JsonObject.builder().put("Records", nest).build();
    }
    return nest;
  }

  private static <T> T any(List<T> choices, SplittableRandom random) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String text(byte[] input) {
    return new String(input, ISO_8859_1);
  }
}
