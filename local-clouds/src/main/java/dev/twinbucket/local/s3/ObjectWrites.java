package dev.twinbucket.local.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PutObject and PutObjectAcl. */
final class ObjectWrites {
  private static final int LONGEST_KEY = 1024;

  private final BodyReceiver receiver;
  private final Notifier notifier;

  ObjectWrites(BodyReceiver receiver, Notifier notifier) {
    this.receiver = receiver;
    this.notifier = notifier;
  }

  void put(S3Call call, Bucket bucket) throws IOException {
    checkKey(call.key());
    WriteCondition condition =
        WriteCondition.ofWrite(call.header("If-Match"), call.header("If-None-Match"));
    ObjectAttributes attributes = AttributeHeaders.read(call);
    Map<String, String> tags = Tags.ofHeader(call);
    ReceivedBody body = receiver.receive(call, Optional.of(ChecksumAlgorithm.CRC64NVME));
    NewObject object =
        new NewObject(
            call.key(),
            body.content(),
            etag(body.md5(), attributes, bucket),
            attributes,
            tags,
            body.checksum(),
            List.of());
    Bucket.Committed committed = bucket.put(object, condition);
    notifier.publish(bucket, EventType.OBJECT_CREATED_PUT, committed);
    call.set("ETag", Etags.quoted(object.etag()));
    call.set("x-amz-version-id", committed.shownVersionId());
    AttributeHeaders.writeEncryption(call, attributes);
    body.checksum().ifPresent(c -> AttributeHeaders.write(call, c));
    call.respond(200);
  }

  /** Remembers a canned ACL; grants in a body are not modelled. */
  void putAcl(S3Call call, Bucket bucket) throws IOException {
    if (call.header("x-amz-acl").isEmpty()) {
      throw ErrorCode.NOT_IMPLEMENTED.failure("Only canned ACLs are known here");
    }
    String acl = AttributeHeaders.acl(call);
    ObjectVersion version = ObjectReads.find(call, bucket);
    Bucket.Committed changed = bucket.change(call.key(), version.versionId(), v -> v.withAcl(acl));
    notifier.publish(bucket, EventType.OBJECT_ACL_PUT, changed);
    call.set("x-amz-version-id", changed.shownVersionId());
    call.respond(200);
  }

  static void checkKey(String key) {
    int length = key.getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_KEY) {
      throw ErrorCode.KEY_TOO_LONG
          .failure()
          .element("Size", Integer.toString(length))
          .element("MaxSizeAllowed", Integer.toString(LONGEST_KEY));
    }
  }

  /**
   * The entity tag of a single write: the MD5, but something else under KMS, where it differs for
   * two writes of the same bytes.
   */
  static String etag(String md5, ObjectAttributes attributes, Bucket bucket) {
    String encryption = attributes.systemHeaders().getOrDefault("x-amz-server-side-encryption", "");
    if (!encryption.startsWith("aws:kms")) {
      return md5;
    }
    byte[] seed = (md5 + bucket.nextNonce()).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(ChecksumAlgorithm.digest("MD5").digest(seed));
  }
}
