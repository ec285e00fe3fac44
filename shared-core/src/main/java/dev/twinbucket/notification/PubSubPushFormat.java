package dev.twinbucket.notification;

import dev.twinbucket.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** The wrapper of a Pub/Sub push, which Eventarc uses too: a message and its subscription. */
final class PubSubPushFormat implements NotificationFormat {
  @Override
  public Optional<List<Reading>> read(JsonObject payload, InnerReader inner) {
    return payload.has("message")
        ? Optional.of(read(Fields.of(payload), inner.opened()))
        : Optional.empty();
  }

  List<Reading> read(Fields push, InnerReader opened) {
    return new PubSubMessageFormat().read(push.inside("message"), opened);
  }
}
