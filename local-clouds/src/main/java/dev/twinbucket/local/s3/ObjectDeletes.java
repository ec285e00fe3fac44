package dev.twinbucket.local.s3;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** DeleteObject, DeleteObjects, and deletes by a lifecycle rule. */
final class ObjectDeletes {
  private static final int MOST_KEYS = 1000;

  private final BodyReceiver receiver;
  private final Notifier notifier;

  ObjectDeletes(BodyReceiver receiver, Notifier notifier) {
    this.receiver = receiver;
    this.notifier = notifier;
  }

  void delete(S3Call call, Bucket bucket) throws IOException {
    WriteCondition condition = WriteCondition.ofDelete(call.header("If-Match"));
    Optional<Bucket.Committed> deleted =
        delete(bucket, call.key(), call.versionId(), condition, false);
    if (call.versionId().isPresent()) {
      call.set("x-amz-version-id", call.versionId());
    }
    deleted.ifPresent(
        d -> {
          call.set("x-amz-version-id", d.shownVersionId());
          if (d.version().deleteMarker()) {
            call.set("x-amz-delete-marker", "true");
          }
        });
    call.respond(204);
  }

  void deleteMany(S3Call call, Bucket bucket) throws IOException {
    boolean hasDigest =
        call.header("Content-MD5").isPresent()
            || call.http().headers().keySet().stream()
                .anyMatch(h -> h.startsWith("x-amz-checksum-") || h.equals("x-amz-trailer"));
    if (!hasDigest) {
      throw ErrorCode.INVALID_REQUEST.failure(
          "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
    }
    ReceivedBody body = receiver.receive(call, Optional.empty());
    Xml root = Xml.read(ContentInput.open(body.content()), "Delete");
    List<Xml> objects = root.children("Object");
    if (objects.isEmpty() || objects.size() > MOST_KEYS) {
      throw ErrorCode.MALFORMED_XML.failure();
    }
    boolean quiet = root.text("Quiet").filter("true"::equals).isPresent();
    call.respond(
        XmlWriter.document(
            "DeleteResult",
            xml -> {
              for (Xml object : objects) {
                deleteOne(bucket, object, quiet, xml);
              }
            }));
  }

  /** A plain delete from inside the process. */
  void byUser(Bucket bucket, String key) {
    delete(bucket, key, Optional.empty(), new WriteCondition.Any(), false);
  }

  /** What a lifecycle rule does when an object has reached its age. */
  boolean expire(Bucket bucket, String key) {
    if (bucket.current(key).isEmpty()) {
      return false;
    }
    delete(bucket, key, Optional.empty(), new WriteCondition.Any(), true);
    return true;
  }

  private void deleteOne(Bucket bucket, Xml object, boolean quiet, XmlWriter xml) {
    String key = object.requiredText("Key");
    Optional<String> versionId = object.text("VersionId").filter(v -> !v.isEmpty());
    try {
      Optional<Bucket.Committed> deleted =
          delete(bucket, key, versionId, WriteCondition.ofDelete(object.text("ETag")), false);
      if (!quiet) {
        xml.element(
            "Deleted",
            d -> {
              d.text("Key", key).text("VersionId", versionId);
              deleted
                  .filter(c -> c.version().deleteMarker())
                  .ifPresent(
                      c ->
                          d.flag("DeleteMarker", true)
                              .text("DeleteMarkerVersionId", c.version().versionId()));
            });
      }
    } catch (S3Failure e) {
      xml.element(
          "Error",
          x ->
              x.text("Key", key)
                  .text("VersionId", versionId)
                  .text("Code", e.code().code())
                  .text("Message", e.getMessage()));
    }
  }

  private Optional<Bucket.Committed> delete(
      Bucket bucket,
      String key,
      Optional<String> versionId,
      WriteCondition condition,
      boolean byLifecycle) {
    ObjectWrites.checkKey(key);
    Optional<Bucket.Committed> deleted;
    if (versionId.isPresent()) {
      ObjectReads.checkVersionId(versionId.get());
      deleted = bucket.deleteVersion(key, versionId.get(), condition);
    } else {
      deleted = bucket.delete(key, condition);
    }
    deleted.ifPresent(
        d -> {
          // A delete marker that was made, as opposed to one that was removed by its id.
          boolean marked = d.version().deleteMarker() && versionId.isEmpty();
          notifier.publish(bucket, type(marked, byLifecycle), d);
        });
    return deleted;
  }

  private static EventType type(boolean marked, boolean byLifecycle) {
    if (byLifecycle) {
      return marked
          ? EventType.LIFECYCLE_EXPIRATION_DELETE_MARKER_CREATED
          : EventType.LIFECYCLE_EXPIRATION_DELETE;
    }
    return marked
        ? EventType.OBJECT_REMOVED_DELETE_MARKER_CREATED
        : EventType.OBJECT_REMOVED_DELETE;
  }
}
