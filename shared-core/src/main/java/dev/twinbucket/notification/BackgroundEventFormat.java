package dev.twinbucket.notification;

import dev.twinbucket.event.EventType;
import dev.twinbucket.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * What a first-generation background function receives: {@code data} beside a {@code context}, or
 * with the context's members beside it. The oldest event type of all knows only whether the object
 * exists.
 */
final class BackgroundEventFormat implements NotificationFormat {
  private static final String STORAGE = "google.storage.object.";
  private static final String OBJECT_CHANGE = "providers/cloud.storage/eventTypes/object.change";

  @Override
  public Optional<List<Reading>> read(JsonObject payload, InnerReader inner) {
    JsonObject context = payload.object("context").orElse(payload);
    if (!context.has("eventType") || !payload.has("data")) {
      return Optional.empty();
    }
    return Optional.of(read(Fields.of(context), Fields.of(payload).inside("data"), inner));
  }

  private static List<Reading> read(Fields context, Fields data, InnerReader inner) {
    String eventType = context.text("eventType");
    return switch (eventType) {
      case "google.pubsub.topic.publish", "providers/cloud.pubsub/eventTypes/topic.publish" ->
          new PubSubMessageFormat().read(data, inner.opened());
      case OBJECT_CHANGE -> hint(changeOf(data), context, data);
      default -> {
        if (!eventType.startsWith(STORAGE)) {
          throw new UnreadableException(
              "a background event of " + STORAGE + "*", UnreadableException.excerpt(eventType));
        }
        yield typeOf(eventType.substring(STORAGE.length()))
            .map(type -> hint(type, context, data))
            .orElseGet(
                () ->
                    List.of(
                        new Reading.Ignored(
                            "a GCS event of no interest: "
                                + UnreadableException.excerpt(eventType))));
      }
    };
  }

  private static List<Reading> hint(EventType type, Fields context, Fields data) {
    return List.of(GcsResource.hint(data, type, context.time("timestamp")));
  }

  private static EventType changeOf(Fields data) {
    String state = data.text("resourceState");
    return switch (state) {
      case "not_exists" -> EventType.DELETED;
      case "exists" ->
          data.digits("metageneration").equals("1")
              ? EventType.CREATED
              : EventType.METADATA_CHANGED;
      default ->
          throw new UnreadableException(
              "exists or not_exists at data.resourceState", UnreadableException.excerpt(state));
    };
  }

  private static Optional<EventType> typeOf(String verb) {
    return Optional.ofNullable(
        switch (verb) {
          case "finalize" -> EventType.CREATED;
          case "delete" -> EventType.DELETED;
          case "archive" -> EventType.ARCHIVED;
          case "metadataUpdate" -> EventType.METADATA_CHANGED;
          default -> null;
        });
  }
}
