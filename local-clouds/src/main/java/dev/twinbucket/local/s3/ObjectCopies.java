package dev.twinbucket.local.s3;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CopyObject. */
final class ObjectCopies {
  private final BucketDirectory buckets;
  private final Notifier notifier;
  private final InstantSource clock;

  ObjectCopies(BucketDirectory buckets, Notifier notifier, InstantSource clock) {
    this.buckets = buckets;
    this.notifier = notifier;
    this.clock = clock;
  }

  void copy(S3Call call, Bucket bucket) throws IOException {
    ObjectWrites.checkKey(call.key());
    WriteCondition condition =
        WriteCondition.ofWrite(call.header("If-Match"), call.header("If-None-Match"));
    CopySource source = CopySource.find(call, buckets, clock.instant());
    NewObject original = source.version().object();
    if (original.content().length() > BodyReceiver.LARGEST_PUT) {
      throw ErrorCode.INVALID_REQUEST.failure(
          "The specified copy source is larger than the maximum allowable size for a copy source: "
              + BodyReceiver.LARGEST_PUT);
    }
    boolean replaceMetadata = replaces(call, "x-amz-metadata-directive");
    boolean replaceTags = replaces(call, "x-amz-tagging-directive");
    ObjectAttributes asked = AttributeHeaders.read(call);
    checkThatItChanges(call, bucket, source, asked, replaceMetadata);
    ObjectAttributes attributes = replaceMetadata ? asked : takenOver(original.attributes(), asked);
    StoredChecksum checksum = checksum(call, original);
    String md5 = HexFormat.of().formatHex(ContentInput.md5(original.content()));
    NewObject copy =
        new NewObject(
            call.key(),
            original.content(),
            ObjectWrites.etag(md5, attributes, bucket),
            attributes,
            replaceTags ? Tags.ofHeader(call) : original.tags(),
            Optional.of(checksum),
            List.of());
    Bucket.Committed committed = bucket.put(copy, condition);
    notifier.publish(bucket, EventType.OBJECT_CREATED_COPY, committed);
    call.set("x-amz-version-id", committed.shownVersionId());
    if (source.bucket().versioning() != Versioning.UNVERSIONED) {
      call.set("x-amz-copy-source-version-id", source.version().versionId());
    }
    AttributeHeaders.writeEncryption(call, attributes);
    call.respond(
        XmlWriter.document(
            "CopyObjectResult",
            xml ->
                xml.time("LastModified", committed.version().lastModified())
                    .text("ETag", Etags.quoted(copy.etag()))
                    .text(checksum.algorithm().element(), checksum.value())
                    .text("ChecksumType", checksum.type().name())));
  }

  private static boolean replaces(S3Call call, String directive) {
    return switch (call.header(directive).orElse("COPY")) {
      case "COPY" -> false;
      case "REPLACE" -> true;
      default ->
          throw ErrorCode.INVALID_ARGUMENT
              .failure("Unknown directive")
              .element("ArgumentName", directive);
    };
  }

  private static void checkThatItChanges(
      S3Call call,
      Bucket bucket,
      CopySource source,
      ObjectAttributes asked,
      boolean replaceMetadata) {
    boolean ontoItself =
        source.bucket() == bucket && source.version().key().equals(call.key()) && !source.pinned();
    boolean otherClass =
        !asked.storageClass().equals(source.version().object().attributes().storageClass());
    boolean asksForMore =
        call.header("x-amz-storage-class").isPresent()
            || AttributeHeaders.OF_THE_WRITE.stream().anyMatch(h -> call.header(h).isPresent());
    if (ontoItself && !replaceMetadata && !otherClass && !asksForMore) {
      throw ErrorCode.INVALID_REQUEST.failure(
          "This copy request is illegal because it is trying to copy an object to itself without"
              + " changing the object's metadata, storage class, website redirect location or"
              + " encryption attributes.");
    }
  }

  /** Descriptive headers and user metadata of the source, the rest as the request says. */
  private static ObjectAttributes takenOver(ObjectAttributes source, ObjectAttributes asked) {
    Map<String, String> system = new LinkedHashMap<>();
    source
        .systemHeaders()
        .forEach(
            (name, value) -> {
              if (AttributeHeaders.DESCRIPTIVE.contains(name)) {
                system.put(name, value);
              }
            });
    asked
        .systemHeaders()
        .forEach(
            (name, value) -> {
              if (AttributeHeaders.OF_THE_WRITE.contains(name)) {
                system.put(name, value);
              }
            });
    return new ObjectAttributes(system, source.userMetadata(), asked.storageClass(), asked.acl());
  }

  /** A copy is one piece: its checksum is over the whole object, whatever the source's was. */
  private static StoredChecksum checksum(S3Call call, NewObject original) throws IOException {
    ChecksumAlgorithm algorithm =
        algorithm(call)
            .or(() -> original.checksum().map(StoredChecksum::algorithm))
            .orElse(ChecksumAlgorithm.CRC64NVME);
    Optional<StoredChecksum> known =
        original
            .checksum()
            .filter(c -> c.algorithm() == algorithm)
            .filter(c -> c.type() == StoredChecksum.Type.FULL_OBJECT);
    if (known.isPresent()) {
      return known.get();
    }
    return StoredChecksum.of(original.content(), algorithm);
  }

  /** The algorithm that x-amz-checksum-algorithm asks for. */
  static Optional<ChecksumAlgorithm> algorithm(S3Call call) {
    return call.header("x-amz-checksum-algorithm")
        .map(
            name ->
                ChecksumAlgorithm.byApiName(name)
                    .orElseThrow(
                        () ->
                            ErrorCode.INVALID_REQUEST.failure(
                                "Checksum algorithm provided is unsupported.")));
  }
}
