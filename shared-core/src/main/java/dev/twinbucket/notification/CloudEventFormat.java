package dev.twinbucket.notification;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonException;
import dev.twinbucket.json.JsonNull;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * CloudEvents 1.0 from Eventarc: object events of GCS, and messages of a Pub/Sub topic. In the
 * structured mode attributes and data are one JSON object.
 */
final class CloudEventFormat implements NotificationFormat {
  private static final String STORAGE = "google.cloud.storage.object.v1.";
  private static final String PUB_SUB = "google.cloud.pubsub.topic.v1.messagePublished";
  private static final String SOURCE = "//storage.googleapis.com/projects/_/buckets/";
  private static final String SUBJECT = "objects/";

  @Override
  public Optional<List<Reading>> read(JsonObject payload, InnerReader inner) {
    if (!payload.has("specversion")) {
      return Optional.empty();
    }
    Fields event = Fields.of(payload);
    return Optional.of(
        read(
            new Attributes(
                event.text("type"),
                event.textOr("source", ""),
                event.textOr("subject", ""),
                event.textOr("time", "")),
            dataOf(payload, inner),
            inner));
  }

  List<Reading> read(Attributes attributes, JsonValue data, InnerReader inner) {
    String type = attributes.type();
    if (type.equals(PUB_SUB)) {
      return new PubSubPushFormat().read(required(data), inner.opened());
    }
    if (!type.startsWith(STORAGE)) {
      throw new UnreadableException(
          "a CloudEvent of " + STORAGE + "* or " + PUB_SUB, UnreadableException.excerpt(type));
    }
    Optional<EventType> known = typeOf(type.substring(STORAGE.length()));
    return List.of(
        known
            .map(eventType -> hint(attributes, eventType, data))
            .orElseGet(
                () ->
                    new Reading.Ignored(
                        "a GCS event of no interest: " + UnreadableException.excerpt(type))));
  }

  /** The data of the binary mode; {@code null} if there is none. */
  static JsonValue parse(byte[] utf8, InnerReader inner) {
    if (utf8.length == 0) {
      return new JsonNull();
    }
    try {
      return Json.parse(utf8, inner.limits().json());
    } catch (JsonException e) {
      throw new UnreadableException("JSON at data", e.getMessage());
    }
  }

  private static JsonValue dataOf(JsonObject structured, InnerReader inner) {
    return structured
        .string("data_base64")
        .map(base64 -> parse(Base64Text.decode(base64, "data_base64"), inner))
        .or(() -> structured.get("data"))
        .orElse(new JsonNull());
  }

  private static Fields required(JsonValue data) {
    return new Fields(
        data.asObject()
            .orElseThrow(() -> new UnreadableException("an object at data", data.kind())),
        "data");
  }

  private static Reading hint(Attributes attributes, EventType type, JsonValue data) {
    if (!(data instanceof JsonNull)) {
      return GcsResource.hint(required(data), type, Fields.instant(attributes.time()));
    }
    Place place =
        new Place(
            after(SOURCE, attributes.source(), "source"),
            after(SUBJECT, attributes.subject(), "subject"));
    return new Reading.Hint(
        new ObjectEvent(
            GcsResource.PROVIDER,
            place.bucket(),
            place.key(),
            type,
            "",
            "",
            "",
            ObjectEvent.UNKNOWN_SIZE,
            Fields.instant(attributes.time()),
            false));
  }

  private static String after(String prefix, String text, String attribute) {
    if (!text.startsWith(prefix)) {
      throw new UnreadableException(
          "data, or a " + attribute + " of " + prefix + "...", UnreadableException.excerpt(text));
    }
    return text.substring(prefix.length());
  }

  private static Optional<EventType> typeOf(String verb) {
    return Optional.ofNullable(
        switch (verb) {
          case "finalized" -> EventType.CREATED;
          case "deleted" -> EventType.DELETED;
          case "archived" -> EventType.ARCHIVED;
          case "metadataUpdated" -> EventType.METADATA_CHANGED;
          default -> null;
        });
  }

  /** The context attributes that matter; empty when absent. */
  record Attributes(String type, String source, String subject, String time) {}
}
