package dev.twinbucket.notification;

import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.json.JsonNull;
import dev.twinbucket.json.JsonNumber;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonString;
import dev.twinbucket.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The members of an object at a place in the payload, for errors that say where. What is required
 * is there or {@link UnreadableException}; what is optional is there or as good as absent, since it
 * is never more than a hint.
 *
 * @param object the members
 * @param path the object's own place, such as {@code s3.object}
 */
record Fields(JsonObject object, String path) {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,19}");

  static Fields of(JsonObject payload) {
    return new Fields(payload, "");
  }

  /** A required object. */
  Fields inside(String name) {
    return new Fields(object.object(name).orElseThrow(() -> missing(name, "an object")), at(name));
  }

  /** A required text. */
  String text(String name) {
    return object.string(name).orElseThrow(() -> missing(name, "a string"));
  }

  /** An optional text; {@code null} is absent. */
  String textOr(String name, String otherwise) {
    return object.string(name).orElse(otherwise);
  }

  /** An optional whole number of zero or more, as a text of digits; written as either. */
  String digits(String name) {
    return switch (object.get(name).orElse(new JsonNull())) {
      case JsonString(String text) -> digitsOf(text);
      case JsonNumber number ->
          number.toLong().filter(n -> n >= 0).map(n -> Long.toString(n)).orElse("");
      default -> "";
    };
  }

  /** An optional size in bytes, or {@link ObjectEvent#UNKNOWN_SIZE}. */
  long size(String name) {
    return sizeOf(digits(name));
  }

  /** An optional entity tag, without the quotes that some put around it. */
  String etag(String name) {
    String etag = textOr(name, "");
    return etag.length() > 1 && etag.startsWith("\"") && etag.endsWith("\"")
        ? etag.substring(1, etag.length() - 1)
        : etag;
  }

  /** An optional instant. */
  Optional<Instant> time(String name) {
    return instant(textOr(name, ""));
  }

  private UnreadableException missing(String name, String expected) {
    return new UnreadableException(
        expected + " at " + at(name), object.get(name).map(JsonValue::kind).orElse("nothing"));
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** A text in RFC 3339, if it is one. */
  static Optional<Instant> instant(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException informativeOnly) {
      return Optional.empty();
    }
  }

  /** The text, if it is a whole number of zero or more; else empty. */
  static String digitsOf(String text) {
    return DIGITS.matcher(text).matches() ? text : "";
  }

  private static long sizeOf(String digits) {
    try {
      return digits.isEmpty() ? ObjectEvent.UNKNOWN_SIZE : Long.parseLong(digits);
    } catch (NumberFormatException tooLarge) {
      return ObjectEvent.UNKNOWN_SIZE;
    }
  }
}
