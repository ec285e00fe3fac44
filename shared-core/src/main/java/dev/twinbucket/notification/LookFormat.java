package dev.twinbucket.notification;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads what {@link LookMessage} writes, and what an operator types. Keys are plain. */
final class LookFormat implements NotificationFormat {
  private static final Set<String> PROVIDERS = Set.of("s3", "gs");

  @Override
  public Optional<List<Reading>> read(JsonObject payload, InnerReader inner) {
    return payload.has(LookMessage.MARK)
        ? Optional.of(List.of(read(Fields.of(payload))))
        : Optional.empty();
  }

  private static Reading read(Fields message) {
    require(Set.of(LookMessage.LOOK), message.text(LookMessage.MARK), LookMessage.MARK);
    String provider = message.text("provider");
    require(PROVIDERS, provider, "provider");
    Place place = new Place(message.text("bucket"), message.text("key"));
    return new Reading.Hint(
        new ObjectEvent(
            provider,
            place.bucket(),
            place.key(),
            typeOf(message.textOr("type", "created")),
            message.textOr("writeId", ""),
            message.textOr("revision", ""),
            message.textOr("etag", ""),
            message.size("size"),
            message.time("time"),
            message.object().bool("replacesKnown").orElse(false)));
  }

  private static EventType typeOf(String name) {
    for (EventType type : EventType.values()) {
      if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
        return type;
      }
    }
    throw new UnreadableException("an event type at type", UnreadableException.excerpt(name));
  }

  private static void require(Set<String> allowed, String value, String where) {
    if (!allowed.contains(value)) {
      throw new UnreadableException(
          String.join(" or ", allowed.stream().sorted().toList()) + " at " + where,
          UnreadableException.excerpt(value));
    }
  }
}
