package dev.twinbucket.local.s3;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** CompleteMultipartUpload: judges the list of parts, and publishes on condition. */
final class MultipartCompletion {
  private final Notifier notifier;
  private final long smallestPart;

  MultipartCompletion(Notifier notifier, long smallestPart) {
    this.notifier = notifier;
    this.smallestPart = smallestPart;
  }

  void complete(S3Call call, Bucket bucket) throws IOException {
    WriteCondition condition =
        WriteCondition.ofWrite(call.header("If-Match"), call.header("If-None-Match"));
    MultipartUpload upload = Multipart.upload(call, bucket);
    Xml root = readBody(call);
    List<UploadedPart> parts = parts(root, upload);
    Content content = Content.concatenation(parts.stream().map(UploadedPart::content).toList());
    checkSize(call, content);
    StoredChecksum checksum = checksum(call, upload, parts, content);
    NewObject object =
        new NewObject(
            call.key(),
            content,
            etag(parts),
            upload.attributes(),
            upload.tags(),
            Optional.of(checksum),
            parts);
    Bucket.Committed committed = bucket.complete(upload.id(), object, condition);
    notifier.publish(bucket, EventType.OBJECT_CREATED_COMPLETE_MULTIPART_UPLOAD, committed);
    call.set("x-amz-version-id", committed.shownVersionId());
    AttributeHeaders.writeEncryption(call, upload.attributes());
    call.respond(
        XmlWriter.document(
            "CompleteMultipartUploadResult",
            xml ->
                xml.text("Location", "/" + bucket.name())
                    .text("Bucket", bucket.name())
                    .text("Key", call.key())
                    .text("ETag", Etags.quoted(object.etag()))
                    .text(checksum.algorithm().element(), checksum.value())
                    .text("ChecksumType", checksum.type().name())));
  }

  /** The checksum headers of this request speak of the object, not of the request's body. */
  private static Xml readBody(S3Call call) throws IOException {
    byte[] bytes = call.http().body().readAllBytes();
    return Xml.read(new ByteArrayInputStream(bytes), "CompleteMultipartUpload");
  }

  private List<UploadedPart> parts(Xml root, MultipartUpload upload) {
    List<Xml> listed = root.children("Part");
    if (listed.isEmpty() || listed.size() > Multipart.MOST_PARTS) {
      throw ErrorCode.MALFORMED_XML.failure();
    }
    List<UploadedPart> parts = new ArrayList<>();
    int before = 0;
    for (Xml part : listed) {
      int number;
      try {
        number = Integer.parseInt(part.requiredText("PartNumber"));
      } catch (NumberFormatException e) {
        throw ErrorCode.MALFORMED_XML.failure();
      }
      if (number <= before) {
        throw ErrorCode.INVALID_PART_ORDER.failure();
      }
      before = number;
      parts.add(part(part, number, upload));
    }
    for (UploadedPart part : parts.subList(0, parts.size() - 1)) {
      if (part.content().length() < smallestPart) {
        throw ErrorCode.ENTITY_TOO_SMALL
            .failure()
            .element("ProposedSize", Long.toString(part.content().length()))
            .element("MinSizeAllowed", Long.toString(smallestPart))
            .element("PartNumber", Integer.toString(part.number()))
            .element("ETag", part.md5());
      }
    }
    return parts;
  }

  private static UploadedPart part(Xml listed, int number, MultipartUpload upload) {
    String etag = Etags.unquoted(listed.requiredText("ETag"));
    UploadedPart found =
        upload
            .part(number)
            .filter(p -> p.md5().equals(etag))
            .orElseThrow(() -> invalidPart(upload, number, etag));
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      Optional<String> value = listed.text(algorithm.element());
      Optional<String> kept =
          found.checksum().filter(c -> c.algorithm() == algorithm).map(StoredChecksum::value);
      if (value.isPresent() && !value.equals(kept)) {
        throw invalidPart(upload, number, etag);
      }
    }
    boolean composite =
        upload.algorithm().isPresent() && upload.checksumType() == StoredChecksum.Type.COMPOSITE;
    if (composite && listed.text(upload.algorithm().get().element()).isEmpty()) {
      throw ErrorCode.INVALID_REQUEST.failure(
          "The upload was created using a "
              + upload.algorithm().get().apiName().toLowerCase(Locale.ROOT)
              + " checksum. The complete request must include the checksum for each part. It was"
              + " missing for part "
              + number
              + " in the request.");
    }
    return found;
  }

  private static S3Failure invalidPart(MultipartUpload upload, int number, String etag) {
    return ErrorCode.INVALID_PART
        .failure()
        .element("UploadId", upload.id())
        .element("PartNumber", Integer.toString(number))
        .element("ETag", etag);
  }

  private static void checkSize(S3Call call, Content content) {
    Optional<String> announced = call.header("x-amz-mp-object-size");
    if (announced.isPresent() && !announced.get().equals(Long.toString(content.length()))) {
      throw ErrorCode.INVALID_REQUEST.failure(
          "The provided 'x-amz-mp-object-size' header value "
              + announced.get()
              + " does not match what was computed: "
              + content.length());
    }
  }

  private static StoredChecksum checksum(
      S3Call call, MultipartUpload upload, List<UploadedPart> parts, Content content)
      throws IOException {
    StoredChecksum.Type type = upload.checksumType();
    Optional<String> askedType = call.header("x-amz-checksum-type");
    if (askedType.isPresent() && !askedType.get().equals(type.name())) {
      throw ErrorCode.INVALID_REQUEST.failure(
          "The upload was created using the " + type + " checksum mode.");
    }
    ChecksumAlgorithm algorithm = upload.algorithm().orElse(ChecksumAlgorithm.CRC64NVME);
    StoredChecksum computed =
        type == StoredChecksum.Type.FULL_OBJECT
            ? StoredChecksum.of(content, algorithm)
            : composite(algorithm, parts);
    for (ChecksumAlgorithm other : ChecksumAlgorithm.values()) {
      Optional<String> sent = call.header(other.header());
      if (sent.isPresent()) {
        if (other != algorithm) {
          throw ErrorCode.INVALID_REQUEST.failure(
              "The checksum algorithm is not the one of the upload: " + other.apiName());
        }
        if (!sent.get().equals(computed.value())) {
          throw ErrorCode.BAD_DIGEST.failure(
              "The " + other.apiName() + " you specified did not match the calculated checksum.");
        }
      }
    }
    return computed;
  }

  private static StoredChecksum composite(ChecksumAlgorithm algorithm, List<UploadedPart> parts) {
    ChecksumAlgorithm.Running running = algorithm.start();
    for (UploadedPart part : parts) {
      byte[] value = Base64.getDecoder().decode(part.checksum().orElseThrow().value());
      running.update(value, 0, value.length);
    }
    String value = Base64.getEncoder().encodeToString(running.value()) + "-" + parts.size();
    return new StoredChecksum(algorithm, value, StoredChecksum.Type.COMPOSITE);
  }

  /** The MD5 of the parts' MD5s, a hyphen, and their number. */
  private static String etag(List<UploadedPart> parts) {
    ByteArrayOutputStream digests = new ByteArrayOutputStream();
    parts.forEach(p -> digests.writeBytes(HexFormat.of().parseHex(p.md5())));
    byte[] md5 = ChecksumAlgorithm.digest("MD5").digest(digests.toByteArray());
    return HexFormat.of().formatHex(md5) + "-" + parts.size();
  }
}
