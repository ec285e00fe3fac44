package dev.twinbucket.local.s3;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** GetObjectTagging, PutObjectTagging and DeleteObjectTagging. */
final class ObjectTagging {
  private final BodyReceiver receiver;
  private final Notifier notifier;

  ObjectTagging(BodyReceiver receiver, Notifier notifier) {
    this.receiver = receiver;
    this.notifier = notifier;
  }

  void get(S3Call call, Bucket bucket) throws IOException {
    ObjectVersion version = ObjectReads.find(call, bucket);
    if (bucket.versioning() != Versioning.UNVERSIONED) {
      call.set("x-amz-version-id", version.versionId());
    }
    call.respond(
        XmlWriter.document(
            "Tagging",
            xml ->
                xml.element(
                    "TagSet",
                    set ->
                        version
                            .object()
                            .tags()
                            .forEach(
                                (key, value) ->
                                    set.element(
                                        "Tag", t -> t.text("Key", key).text("Value", value))))));
  }

  void put(S3Call call, Bucket bucket) throws IOException {
    Map<String, String> tags = Tags.ofBody(receiver.receive(call, Optional.empty()));
    change(call, bucket, tags, EventType.OBJECT_TAGGING_PUT);
    call.respond(200);
  }

  void delete(S3Call call, Bucket bucket) throws IOException {
    change(call, bucket, Map.of(), EventType.OBJECT_TAGGING_DELETE);
    call.respond(204);
  }

  private void change(S3Call call, Bucket bucket, Map<String, String> tags, EventType type) {
    ObjectVersion version = ObjectReads.find(call, bucket);
    Bucket.Committed changed =
        bucket.change(call.key(), version.versionId(), v -> v.withTags(tags));
    notifier.publish(bucket, type, changed);
    call.set("x-amz-version-id", changed.shownVersionId());
  }
}
