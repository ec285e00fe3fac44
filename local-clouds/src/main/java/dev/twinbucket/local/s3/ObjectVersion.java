package dev.twinbucket.local.s3;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One version of an object, or a delete marker.
 *
 * @param versionId the version id, {@code null} as a text for writes without versioning
 * @param object the object; for a delete marker an empty one
 * @param lastModified in whole seconds
 * @param deleteMarker whether this is a delete marker
 * @param restoredUntil until when an archived object can be read
 */
record ObjectVersion(
    String versionId,
    NewObject object,
    Instant lastModified,
    boolean deleteMarker,
    Optional<Instant> restoredUntil) {
  /** The id of a version that was written without versioning. */
  static final String NULL_ID = "null";

  String key() {
    return object.key();
  }

  long size() {
    return object.content().length();
  }

  ObjectVersion withTags(Map<String, String> tags) {
    return withObject(
        new NewObject(
            object.key(),
            object.content(),
            object.etag(),
            object.attributes(),
            tags,
            object.checksum(),
            object.parts()));
  }

  ObjectVersion withAcl(String acl) {
    return withObject(
        new NewObject(
            object.key(),
            object.content(),
            object.etag(),
            object.attributes().withAcl(acl),
            object.tags(),
            object.checksum(),
            object.parts()));
  }

  ObjectVersion withRestoredUntil(Instant until) {
    return new ObjectVersion(versionId, object, lastModified, deleteMarker, Optional.of(until));
  }

  /** Whether the bytes can be read at this time. */
  boolean isReadable(Instant now) {
    return !object.attributes().isArchived() || restoredUntil.filter(now::isBefore).isPresent();
  }

  private ObjectVersion withObject(NewObject other) {
    return new ObjectVersion(versionId, other, lastModified, deleteMarker, restoredUntil);
  }
}
