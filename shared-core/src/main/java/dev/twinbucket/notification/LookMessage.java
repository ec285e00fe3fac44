package dev.twinbucket.notification;

import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.json.JsonObject;
import java.util.Locale;

/**
 * Twinbucket's own message: a hint put on a queue by Twinbucket itself, to come back to it later,
 * or by an operator. The least is {@code
 * {"twinbucket":"look","provider":"s3","bucket":"b","key":"k"}}; whatever else an event says can be
 * added.
 */
public final class LookMessage {
  static final String MARK = "twinbucket";
  static final String LOOK = "look";

  private LookMessage() {}

  /** The message from which {@link NotificationReader} makes an equal event. */
  public static JsonObject of(ObjectEvent event) {
    JsonObject.Builder message =
        JsonObject.builder()
            .put(MARK, LOOK)
            .put("provider", event.provider())
            .put("bucket", event.bucket())
            .put("key", event.key())
            .put("type", event.type().name().toLowerCase(Locale.ROOT));
    putIfAny(message, "writeId", event.writeId());
    putIfAny(message, "revision", event.revision());
    putIfAny(message, "etag", event.etag());
    if (event.size() != ObjectEvent.UNKNOWN_SIZE) {
      message.put("size", event.size());
    }
    event.time().ifPresent(time -> message.put("time", time.toString()));
    if (event.replacesKnown()) {
      message.put("replacesKnown", true);
    }
    return message.build();
  }

  private static void putIfAny(JsonObject.Builder message, String name, String value) {
    if (!value.isEmpty()) {
      message.put(name, value);
    }
  }
}
