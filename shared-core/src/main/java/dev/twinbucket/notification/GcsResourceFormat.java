package dev.twinbucket.notification;

import dev.twinbucket.event.EventType;
import dev.twinbucket.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A bare object resource: what an unwrapped Pub/Sub push delivers when nobody writes the attributes
 * into headers. It does not say what happened, so it is a hint to look and no more.
 */
final class GcsResourceFormat implements NotificationFormat {
  @Override
  public Optional<List<Reading>> read(JsonObject payload, InnerReader inner) {
    return payload
        .string("kind")
        .filter("storage#object"::equals)
        .map(
            kind -> {
              Fields resource = Fields.of(payload);
              EventType type =
                  resource.time("timeDeleted").isPresent() ? EventType.DELETED : EventType.CREATED;
              return List.of(GcsResource.hint(resource, type, resource.time("updated")));
            });
  }
}
