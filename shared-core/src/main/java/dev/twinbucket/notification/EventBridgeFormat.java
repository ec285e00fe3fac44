package dev.twinbucket.notification;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** S3's events as EventBridge delivers them. Keys are not encoded here, unlike everywhere else. */
final class EventBridgeFormat implements NotificationFormat {
  @Override
  public Optional<List<Reading>> read(JsonObject payload, InnerReader inner) {
    return payload.has("detail-type")
        ? Optional.of(List.of(read(Fields.of(payload))))
        : Optional.empty();
  }

  private static Reading read(Fields event) {
    String source = event.text("source");
    if (!source.equals("aws.s3")) {
      throw new UnreadableException(
          "an EventBridge event of aws.s3", UnreadableException.excerpt(source));
    }
    String detailType = event.text("detail-type");
    Fields detail = event.inside("detail");
    Optional<EventType> type = typeOf(detailType, detail);
    if (type.isEmpty()) {
      return new Reading.Ignored(
          "an S3 event of no interest: " + UnreadableException.excerpt(detailType));
    }
    Fields object = detail.inside("object");
    Place place = new Place(detail.inside("bucket").text("name"), object.text("key"));
    return new Reading.Hint(
        new ObjectEvent(
            "s3",
            place.bucket(),
            place.key(),
            type.get(),
            S3RecordReader.versionId(object, "version-id"),
            "",
            object.etag("etag"),
            object.size("size"),
            event.time("time"),
            false));
  }

  private static Optional<EventType> typeOf(String detailType, Fields detail) {
    return Optional.ofNullable(
        switch (detailType) {
          case "Object Created" -> EventType.CREATED;
          case "Object Deleted" -> deletion(detail);
          case "Object Restore Completed" -> EventType.RESTORED;
          case "Object Tags Added", "Object Tags Deleted" -> EventType.METADATA_CHANGED;
          default -> null;
        });
  }

  private static EventType deletion(Fields detail) {
    if (detail.textOr("reason", "").equals("Lifecycle Expiration")) {
      return EventType.EXPIRED;
    }
    return detail.textOr("deletion-type", "").equals("Delete Marker Created")
        ? EventType.ARCHIVED
        : EventType.DELETED;
  }
}
