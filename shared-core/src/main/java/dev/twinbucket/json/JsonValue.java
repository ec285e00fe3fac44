package dev.twinbucket.json;

import java.util.Optional;

/**
 * One JSON value (RFC 8259), immutable. The {@code as…} methods are empty when the value is of
 * another kind; nothing is ever converted.
 */
public sealed interface JsonValue
    permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

  /** What this is, for messages: {@code an object}, {@code null}, and so on. Never the content. */
  String kind();

  /** This object, if it is one. */
  default Optional<JsonObject> asObject() {
    return this instanceof JsonObject object ? Optional.of(object) : Optional.empty();
  }

  /** This array, if it is one. */
  default Optional<JsonArray> asArray() {
    return this instanceof JsonArray array ? Optional.of(array) : Optional.empty();
  }

  /** The text, if this is a string. */
  default Optional<String> asString() {
    return this instanceof JsonString(String text) ? Optional.of(text) : Optional.empty();
  }

  /** This number, if it is one. */
  default Optional<JsonNumber> asNumber() {
    return this instanceof JsonNumber number ? Optional.of(number) : Optional.empty();
  }

  /** The number, if this is a whole number that fits. */
  default Optional<Long> asLong() {
    return asNumber().flatMap(JsonNumber::toLong);
  }

  /** The truth value, if this is one. */
  default Optional<Boolean> asBoolean() {
    return this instanceof JsonBoolean(boolean value) ? Optional.of(value) : Optional.empty();
  }
}
