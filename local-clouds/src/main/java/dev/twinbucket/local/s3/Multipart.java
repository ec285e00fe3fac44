package dev.twinbucket.local.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The multipart operations before the end: create, upload part, copy part, list, abort. */
final class Multipart {
  static final int MOST_PARTS = 10_000;

  private final BucketDirectory buckets;
  private final BodyReceiver receiver;
  private final InstantSource clock;

  Multipart(BucketDirectory buckets, BodyReceiver receiver, InstantSource clock) {
    this.buckets = buckets;
    this.receiver = receiver;
    this.clock = clock;
  }

  void create(S3Call call, Bucket bucket) throws IOException {
    ObjectWrites.checkKey(call.key());
    ObjectAttributes attributes = AttributeHeaders.read(call);
    Map<String, String> tags = Tags.ofHeader(call);
    Optional<ChecksumAlgorithm> algorithm = ObjectCopies.algorithm(call);
    StoredChecksum.Type type = checksumType(call, algorithm);
    String id =
        HexFormat.of()
            .formatHex(
                ChecksumAlgorithm.digest("SHA-256")
                    .digest(
                        (bucket.name() + "/upload/" + bucket.nextNonce())
                            .getBytes(StandardCharsets.UTF_8)));
    bucket.open(
        new MultipartUpload(id, call.key(), clock.instant(), attributes, tags, algorithm, type));
    AttributeHeaders.writeEncryption(call, attributes);
    algorithm.ifPresent(
        a -> {
          call.set("x-amz-checksum-algorithm", a.apiName());
          call.set("x-amz-checksum-type", type.name());
        });
    call.respond(
        XmlWriter.document(
            "InitiateMultipartUploadResult",
            xml -> xml.text("Bucket", bucket.name()).text("Key", call.key()).text("UploadId", id)));
  }

  private static StoredChecksum.Type checksumType(
      S3Call call, Optional<ChecksumAlgorithm> algorithm) {
    Optional<String> asked = call.header("x-amz-checksum-type");
    if (asked.isPresent() && algorithm.isEmpty()) {
      throw ErrorCode.INVALID_REQUEST.failure(
          "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm"
              + " header.");
    }
    if (algorithm.isEmpty()) {
      return StoredChecksum.Type.FULL_OBJECT;
    }
    StoredChecksum.Type type =
        switch (asked.orElse("")) {
          case "FULL_OBJECT" -> StoredChecksum.Type.FULL_OBJECT;
          case "COMPOSITE" -> StoredChecksum.Type.COMPOSITE;
          case "" ->
              algorithm.get() == ChecksumAlgorithm.CRC64NVME
                  ? StoredChecksum.Type.FULL_OBJECT
                  : StoredChecksum.Type.COMPOSITE;
          default -> throw ErrorCode.INVALID_REQUEST.failure("Unknown checksum type");
        };
    boolean possible =
        type == StoredChecksum.Type.FULL_OBJECT
            ? algorithm.get().supportsFullObject()
            : algorithm.get() != ChecksumAlgorithm.CRC64NVME;
    if (!possible) {
      throw ErrorCode.INVALID_REQUEST.failure(
          "The "
              + type
              + " checksum type cannot be used with the "
              + algorithm.get().apiName()
              + " checksum algorithm.");
    }
    return type;
  }

  void uploadPart(S3Call call, Bucket bucket) throws IOException {
    MultipartUpload upload = upload(call, bucket);
    int number = partNumber(call);
    ReceivedBody body = receiver.receive(call, upload.algorithm());
    Optional<StoredChecksum> checksum = body.checksum();
    if (checksum.isPresent()
        && upload.algorithm().isPresent()
        && checksum.get().algorithm() != upload.algorithm().get()) {
      throw ErrorCode.INVALID_REQUEST.failure(
          "Checksum Type mismatch occurred, expected checksum Type: "
              + upload.algorithm().get().apiName().toLowerCase(Locale.ROOT)
              + ", actual checksum Type: "
              + checksum.get().algorithm().apiName().toLowerCase(Locale.ROOT));
    }
    // The upload may have been completed or aborted while the bytes were on their way.
    upload(call, bucket)
        .put(new UploadedPart(number, body.content(), body.md5(), checksum, bucket.now()));
    call.set("ETag", Etags.quoted(body.md5()));
    AttributeHeaders.writeEncryption(call, upload.attributes());
    checksum.ifPresent(c -> call.set(c.algorithm().header(), c.value()));
    call.respond(200);
  }

  void uploadPartCopy(S3Call call, Bucket bucket) throws IOException {
    MultipartUpload upload = upload(call, bucket);
    int number = partNumber(call);
    CopySource source = CopySource.find(call, buckets, clock.instant());
    Content whole = source.version().object().content();
    Optional<ByteRange> range =
        call.header("x-amz-copy-source-range")
            .map(header -> ByteRange.parseExact(header, whole.length()));
    Content content = range.map(r -> whole.slice(r.first(), r.length())).orElse(whole);
    String md5 = HexFormat.of().formatHex(ContentInput.md5(content));
    Optional<StoredChecksum> checksum = Optional.empty();
    if (upload.algorithm().isPresent()) {
      checksum = Optional.of(StoredChecksum.of(content, upload.algorithm().get()));
    }
    UploadedPart part = new UploadedPart(number, content, md5, checksum, bucket.now());
    upload(call, bucket).put(part);
    if (source.bucket().versioning() != Versioning.UNVERSIONED) {
      call.set("x-amz-copy-source-version-id", source.version().versionId());
    }
    call.respond(
        XmlWriter.document(
            "CopyPartResult",
            xml -> {
              xml.time("LastModified", part.lastModified()).text("ETag", Etags.quoted(md5));
              part.checksum().ifPresent(c -> xml.text(c.algorithm().element(), c.value()));
            }));
  }

  void abort(S3Call call, Bucket bucket) throws IOException {
    bucket.abort(call.key(), uploadId(call));
    call.respond(204);
  }

  /** The open upload that the request names. */
  static MultipartUpload upload(S3Call call, Bucket bucket) {
    return bucket.upload(call.key(), uploadId(call));
  }

  static String uploadId(S3Call call) {
    return call.query().first("uploadId").orElse("");
  }

  private static int partNumber(S3Call call) {
    try {
      int number = Integer.parseInt(call.query().first("partNumber").orElse(""));
      if (number >= 1 && number <= MOST_PARTS) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, like one out of range.
    }
    throw ErrorCode.INVALID_ARGUMENT
        .failure("Part number must be an integer between 1 and 10000, inclusive")
        .element("ArgumentName", "partNumber");
  }
}
