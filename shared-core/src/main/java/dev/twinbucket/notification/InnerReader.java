package dev.twinbucket.notification;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonException;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** Reads a payload, and what its envelopes contain, to a limited depth. Never throws. */
final class InnerReader {
  private final List<NotificationFormat> formats;
  private final NotificationLimits limits;
  private final int envelopesLeft;

  InnerReader(List<NotificationFormat> formats, NotificationLimits limits) {
    this(formats, limits, limits.envelopes());
  }

  private InnerReader(
      List<NotificationFormat> formats, NotificationLimits limits, int envelopesLeft) {
    this.formats = formats;
    this.limits = limits;
    this.envelopesLeft = envelopesLeft;
  }

  NotificationLimits limits() {
    return limits;
  }

  /** What one envelope further in is read with. */
  InnerReader opened() {
    if (envelopesLeft == 0) {
      throw new UnreadableException("at most " + limits.envelopes() + " envelopes", "more");
    }
    return new InnerReader(formats, limits, envelopesLeft - 1);
  }

  List<Reading> read(String text) {
    try {
      return read(Json.parse(text, limits.json()));
    } catch (JsonException e) {
      return notJson(e);
    }
  }

  List<Reading> read(byte[] utf8) {
    try {
      return read(Json.parse(utf8, limits.json()));
    } catch (JsonException e) {
      return notJson(e);
    }
  }

  List<Reading> read(JsonValue payload) {
    if (!(payload instanceof JsonObject object)) {
      return List.of(new Reading.Unreadable("a notification, a JSON object", payload.kind()));
    }
    try {
      for (NotificationFormat format : formats) {
        Optional<List<Reading>> readings = format.read(object, this);
        if (readings.isPresent()) {
          return readings.get();
        }
      }
    } catch (UnreadableException e) {
      return List.of(e.reading());
    }
    return List.of(
        new Reading.Unreadable(
            "a notification of a known format",
            "an object with " + UnreadableException.excerpt(String.join(", ", object.names()))));
  }

  private static List<Reading> notJson(JsonException e) {
    return List.of(new Reading.Unreadable("JSON", e.getMessage()));
  }
}
