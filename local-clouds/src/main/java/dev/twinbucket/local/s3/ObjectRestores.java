package dev.twinbucket.local.s3;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** RestoreObject. A restore is done at once; its completion is notified like the real one. */
final class ObjectRestores {
  private final BodyReceiver receiver;
  private final Notifier notifier;
  private final InstantSource clock;

  ObjectRestores(BodyReceiver receiver, Notifier notifier, InstantSource clock) {
    this.receiver = receiver;
    this.notifier = notifier;
    this.clock = clock;
  }

  void restore(S3Call call, Bucket bucket) throws IOException {
    ReceivedBody body = receiver.receive(call, Optional.empty());
    Xml root = Xml.read(ContentInput.open(body.content()), "RestoreRequest");
    int days;
    try {
      days = Integer.parseInt(root.requiredText("Days"));
    } catch (NumberFormatException e) {
      throw ErrorCode.MALFORMED_XML.failure();
    }
    ObjectVersion version = ObjectReads.find(call, bucket);
    if (!version.object().attributes().isArchived()) {
      throw ErrorCode.INVALID_OBJECT_STATE.failure(
          "Restore is not allowed for the object's current storage class");
    }
    boolean already = version.isReadable(clock.instant());
    Bucket.Committed restored =
        bucket.change(
            call.key(),
            version.versionId(),
            v -> v.withRestoredUntil(bucket.now().plus(Duration.ofDays(days))));
    if (!already) {
      notifier.publish(bucket, EventType.OBJECT_RESTORE_POST, restored);
      notifier.publish(bucket, EventType.OBJECT_RESTORE_COMPLETED, restored);
    }
    call.respond(already ? 200 : 202);
  }
}
