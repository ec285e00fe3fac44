package dev.twinbucket.notification;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonException;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonString;
import dev.twinbucket.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Pub/Sub message. One that a bucket published says everything that is needed in its attributes;
 * of its payload, which may be left out by configuration, only the size and the like are taken. Any
 * other message is an envelope around its data.
 */
final class PubSubMessageFormat implements NotificationFormat {
  private static final String EVENT_TYPE = "eventType";

  @Override
  public Optional<List<Reading>> read(JsonObject payload, InnerReader inner) {
    boolean looksLikeOne =
        payload.object("attributes").isPresent()
            || (payload.string("data").isPresent() && payload.has("messageId"));
    return looksLikeOne ? Optional.of(read(Fields.of(payload), inner)) : Optional.empty();
  }

  List<Reading> read(Fields message, InnerReader inner) {
    Map<String, String> attributes = new HashMap<>();
    for (Map.Entry<String, JsonValue> entry :
        message.object().object("attributes").orElse(JsonObject.EMPTY).members().entrySet()) {
      if (entry.getValue() instanceof JsonString(String text)) {
        attributes.put(entry.getKey(), text);
      }
    }
    return read(attributes, Base64Text.decode(message.textOr("data", ""), "message.data"), inner);
  }

  List<Reading> read(Map<String, String> attributes, byte[] data, InnerReader inner) {
    String eventType = attributes.getOrDefault(EVENT_TYPE, "");
    if (eventType.isEmpty()) {
      if (data.length == 0) {
        throw new UnreadableException("a Pub/Sub message with an eventType or data", "neither");
      }
      return inner.opened().read(data);
    }
    Optional<EventType> type = typeOf(eventType);
    if (type.isEmpty()) {
      return List.of(
          new Reading.Ignored(
              "a GCS event of no interest: " + UnreadableException.excerpt(eventType)));
    }
    return List.of(hint(type.get(), attributes, payload(data, inner)));
  }

  private static Reading hint(EventType type, Map<String, String> attributes, Fields payload) {
    Place place = new Place(required(attributes, "bucketId"), required(attributes, "objectId"));
    boolean replaces =
        !attributes.getOrDefault("overwroteGeneration", "").isEmpty()
            || !attributes.getOrDefault("overwrittenByGeneration", "").isEmpty();
    return new Reading.Hint(
        new ObjectEvent(
            GcsResource.PROVIDER,
            place.bucket(),
            place.key(),
            type,
            Fields.digitsOf(attributes.getOrDefault("objectGeneration", "")),
            payload.digits("metageneration"),
            payload.etag("etag"),
            payload.size("size"),
            Fields.instant(attributes.getOrDefault("eventTime", "")),
            replaces));
  }

  private static String required(Map<String, String> attributes, String name) {
    String value = attributes.get(name);
    if (value == null) {
      throw new UnreadableException("a string at attributes." + name, "none");
    }
    return value;
  }

  private static Fields payload(byte[] data, InnerReader inner) {
    try {
      return Fields.of(Json.parse(data, inner.limits().json()).asObject().orElse(JsonObject.EMPTY));
    } catch (JsonException attributesAreEnough) {
      return Fields.of(JsonObject.EMPTY);
    }
  }

  private static Optional<EventType> typeOf(String eventType) {
    return Optional.ofNullable(
        switch (eventType) {
          case "OBJECT_FINALIZE" -> EventType.CREATED;
          case "OBJECT_DELETE" -> EventType.DELETED;
          case "OBJECT_ARCHIVE" -> EventType.ARCHIVED;
          case "OBJECT_METADATA_UPDATE" -> EventType.METADATA_CHANGED;
          default -> null;
        });
  }
}
