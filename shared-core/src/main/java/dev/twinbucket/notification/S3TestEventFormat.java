package dev.twinbucket.notification;

import dev.twinbucket.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What S3 sends when a notification is configured, to prove that it may. */
final class S3TestEventFormat implements NotificationFormat {
  @Override
  public Optional<List<Reading>> read(JsonObject payload, InnerReader inner) {
    return payload
        .string("Event")
        .filter("s3:TestEvent"::equals)
        .map(event -> List.of(new Reading.Ignored(event)));
  }
}
