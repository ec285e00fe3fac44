package dev.twinbucket.state;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonException;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.json.Limits;
import java.time.Instant;
import java.util.Optional;

/**
 * What the object of a row holds, as JSON, so that an operator can read it.
 *
 * @param key the row's exact key, since the object's name holds only its hash
 * @param nonce unique to this write, so that no two writes have equal bytes, and with them an equal
 *     S3 ETag
 * @param expirySecond seconds since the epoch from which on the row counts as absent
 * @param value the row's text, or empty where the object says that the row was removed
 */
record RowDocument(String key, String nonce, Optional<Long> expirySecond, Optional<String> value) {
  /** A value of 64 KiB and a key, each of whose bytes may take an escape of six. */
  static final int LARGEST = 6 * (StateStore.LONGEST_VALUE + StateStore.LONGEST_KEY) + 1024;

  private static final Limits LIMITS = new Limits(LARGEST, 2);
  private static final String FORMAT = "twinbucket-row-1";

  /**
   * Reads an object's bytes.
   *
   * @return empty if they are no row of a format that we know
   */
  static Optional<RowDocument> parse(byte[] body) {
    try {
      return Json.parse(body, LIMITS)
          .asObject()
          .filter(json -> json.string("format").equals(Optional.of(FORMAT)))
          .flatMap(RowDocument::read);
    } catch (JsonException notJson) {
      return Optional.empty();
    }
  }

  private static Optional<RowDocument> read(JsonObject json) {
    Optional<String> key = json.string("key");
    Optional<String> nonce = json.string("nonce");
    Optional<Long> expires = json.integer("expires");
    Optional<String> value = json.string("value");
    boolean removed = json.get("removed").flatMap(JsonValue::asBoolean).orElse(false);
    if (key.isEmpty()
        || nonce.isEmpty()
        || json.has("expires") != expires.isPresent()
        || removed == value.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(new RowDocument(key.get(), nonce.get(), expires, value));
  }

  byte[] bytes() {
    JsonObject.Builder json =
        JsonObject.builder().put("format", FORMAT).put("key", key).put("nonce", nonce);
    expirySecond.ifPresent(second -> json.put("expires", second));
    value.ifPresentOrElse(text -> json.put("value", text), () -> json.put("removed", true));
    return Json.writeBytes(json.build());
  }

  boolean isAlive(Instant now) {
    return value.isPresent() && RowLimits.isAlive(expirySecond, now);
  }
}
