package dev.twinbucket.notification;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import java.util.Optional;

/**
 * One Record of an S3 notification, by AWS's description of the event message structure, and of
 * those who speak its dialect (MinIO writes {@code minio:s3} as the source and begins event names
 * with {@code s3:}). Keys are form-encoded.
 */
final class S3RecordReader {
  private static final String SOURCE_SUFFIX = ":s3";
  private static final String NAME_PREFIX = "s3:";

  Reading read(Fields record, String source) {
    if (!source.isEmpty() && !source.endsWith(SOURCE_SUFFIX)) {
      throw new UnreadableException(
          "a Record of aws:s3, aws:sqs or aws:sns", UnreadableException.excerpt(source));
    }
    String name = record.text("eventName");
    Optional<EventType> type = typeOf(name);
    if (type.isEmpty()) {
      return new Reading.Ignored(
          "an S3 event of no interest: " + UnreadableException.excerpt(name));
    }
    Fields s3 = record.inside("s3");
    Fields object = s3.inside("object");
    Place place =
        new Place(s3.inside("bucket").text("name"), S3KeyEncoding.decode(object.text("key")));
    return new Reading.Hint(
        new ObjectEvent(
            "s3",
            place.bucket(),
            place.key(),
            type.get(),
            versionId(object, "versionId"),
            "",
            object.etag("eTag"),
            object.size("size"),
            record.time("eventTime"),
            false));
  }

  /** An optional version id; a bucket without versioning has none, or one called null. */
  static String versionId(Fields object, String name) {
    String id = object.textOr(name, "");
    return id.equals("null") ? "" : id;
  }

  private static Optional<EventType> typeOf(String eventName) {
    String name =
        eventName.startsWith(NAME_PREFIX) ? eventName.substring(NAME_PREFIX.length()) : eventName;
    int colon = name.indexOf(':');
    String family = colon < 0 ? name : name.substring(0, colon);
    String detail = colon < 0 ? "" : name.substring(colon + 1);
    return Optional.ofNullable(
        switch (family) {
          case "ObjectCreated" ->
              switch (detail) {
                // MinIO counts these among the creations.
                case "PutTagging", "DeleteTagging", "PutRetention", "PutLegalHold" ->
                    EventType.METADATA_CHANGED;
                default -> EventType.CREATED;
              };
          case "ObjectRemoved" ->
              detail.equals("DeleteMarkerCreated") ? EventType.ARCHIVED : EventType.DELETED;
          case "LifecycleExpiration" -> EventType.EXPIRED;
          case "ObjectTagging" -> EventType.METADATA_CHANGED;
          case "ObjectRestore" -> detail.equals("Completed") ? EventType.RESTORED : null;
          default -> null;
        });
  }
}
