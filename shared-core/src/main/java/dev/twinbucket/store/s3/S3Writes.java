package dev.twinbucket.store.s3;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.store.AttributesUpdate;
import dev.twinbucket.store.PartBody;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.Upload;
import dev.twinbucket.store.UploadCompletion;
import dev.twinbucket.store.UploadRequest;
import dev.twinbucket.store.UploadedPart;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.store.adapter.AttributesCodec;
import dev.twinbucket.store.adapter.ByteBufferStream;
import dev.twinbucket.store.adapter.NativeAttributes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.TaggingDirective;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** Spells the port's writes in the SDK's request types. */
final class S3Writes {
  private static final String OCTETS = "application/octet-stream";
  private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(30);
  private static final long SLOWEST = 1L << 20;

  /** S3 moves the bytes itself before it answers, and keeps the connection alive meanwhile. */
  static final Duration SERVER_SIDE = Duration.ofMinutes(5);

  private final S3Quirks quirks;

  S3Writes(S3Quirks quirks) {
    this.quirks = quirks;
  }

  PutObjectRequest put(PutRequest request, NativeAttributes attributes) {
    SystemHeaders headers = attributes.headers();
    Placement placement = request.placement();
    PutObjectRequest.Builder put =
        PutObjectRequest.builder()
            .bucket(request.location().bucket().bucket())
            .key(request.location().key())
            .contentLength((long) request.content().remaining())
            .contentType(headers.contentType())
            .cacheControl(orNull(headers.cacheControl()))
            .contentDisposition(orNull(headers.contentDisposition()))
            .contentEncoding(orNull(headers.contentEncoding()))
            .contentLanguage(orNull(headers.contentLanguage()))
            .websiteRedirectLocation(orNull(headers.websiteRedirect()))
            .overrideConfiguration(expires(headers))
            .metadata(attributes.metadata())
            .tagging(orNull(AttributesCodec.toForm(attributes.tags())))
            .storageClass(orNull(placement.storageClass()))
            .acl(orNull(placement.cannedAcl()));
    if (quirks.lacksCrc32c()) {
      put.contentMD5(md5(request.content()));
    } else {
      put.checksumAlgorithm(ChecksumAlgorithm.CRC32_C).checksumCRC32C(request.crc().base64());
    }
    if (!placement.kmsKey().isEmpty()) {
      put.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(placement.kmsKey());
    }
    switch (request.condition()) {
      case WriteCondition.IfAbsent() -> put.ifNoneMatch("*");
      case WriteCondition.IfUnchanged(var version) -> put.ifMatch(quoted(version.etag()));
    }
    return put.build();
  }

  CreateMultipartUploadRequest create(UploadRequest request, NativeAttributes attributes) {
    SystemHeaders headers = attributes.headers();
    Placement placement = request.placement();
    CreateMultipartUploadRequest.Builder create =
        CreateMultipartUploadRequest.builder()
            .bucket(request.destination().bucket().bucket())
            .key(request.destination().key())
            .contentType(headers.contentType())
            .cacheControl(orNull(headers.cacheControl()))
            .contentDisposition(orNull(headers.contentDisposition()))
            .contentEncoding(orNull(headers.contentEncoding()))
            .contentLanguage(orNull(headers.contentLanguage()))
            .websiteRedirectLocation(orNull(headers.websiteRedirect()))
            .overrideConfiguration(expires(headers))
            .metadata(attributes.metadata())
            .tagging(orNull(AttributesCodec.toForm(attributes.tags())))
            .storageClass(orNull(placement.storageClass()))
            .acl(orNull(placement.cannedAcl()));
    if (!quirks.lacksCrc32c()) {
      create.checksumAlgorithm(ChecksumAlgorithm.CRC32_C).checksumType(ChecksumType.FULL_OBJECT);
    }
    if (!placement.kmsKey().isEmpty()) {
      create.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(placement.kmsKey());
    }
    return create.build();
  }

  UploadPartRequest part(Upload upload, int number, PartBody body) {
    UploadPartRequest.Builder part =
        UploadPartRequest.builder()
            .bucket(upload.destination().bucket().bucket())
            .key(upload.destination().key())
            .uploadId(upload.id())
            .partNumber(number)
            .contentLength((long) body.size())
            .overrideConfiguration(
                overrides -> overrides.apiCallAttemptTimeout(patience(body.size())));
    if (quirks.lacksCrc32c()) {
      part.contentMD5(md5(body.bytes()));
    } else {
      part.checksumAlgorithm(ChecksumAlgorithm.CRC32_C).checksumCRC32C(body.crc().base64());
    }
    return part.build();
  }

  CompleteMultipartUploadRequest complete(UploadCompletion completion) {
    Upload upload = completion.upload();
    List<CompletedPart> parts = completion.parts().stream().map(this::named).toList();
    CompleteMultipartUploadRequest.Builder complete =
        CompleteMultipartUploadRequest.builder()
            .bucket(upload.destination().bucket().bucket())
            .key(upload.destination().key())
            .uploadId(upload.id())
            .multipartUpload(CompletedMultipartUpload.builder().parts(parts).build())
            .mpuObjectSize(completion.size())
            .overrideConfiguration(overrides -> overrides.apiCallAttemptTimeout(SERVER_SIDE));
    if (!quirks.lacksCrc32c()) {
      complete.checksumType(ChecksumType.FULL_OBJECT).checksumCRC32C(completion.crc().base64());
    }
    switch (completion.condition()) {
      case WriteCondition.IfAbsent() -> complete.ifNoneMatch("*");
      case WriteCondition.IfUnchanged(var version) -> complete.ifMatch(quoted(version.etag()));
    }
    return complete.build();
  }

  private CompletedPart named(UploadedPart part) {
    return CompletedPart.builder()
        .partNumber(part.number())
        .eTag(quoted(part.etag()))
        .checksumCRC32C(quirks.lacksCrc32c() ? null : part.crc().map(Crc32c::base64).orElse(null))
        .build();
  }

  /** The bytes as they are in memory; read anew at each attempt. */
  static RequestBody body(ByteBuffer bytes) {
    return RequestBody.fromContentProvider(
        () -> new ByteBufferStream(bytes), bytes.remaining(), OCTETS);
  }

  /** How long an attempt to send that much may take: longer than at a megabyte a second. */
  private static Duration patience(long bytes) {
    return SHORTEST_PATIENCE.plusSeconds(bytes / SLOWEST);
  }

  /**
   * A copy of the object onto itself. What is not named would be lost or changed by it, so the
   * storage class is named although nobody asked for a change.
   */
  CopyObjectRequest replaceAttributes(AttributesUpdate update, NativeAttributes attributes) {
    ObjectSnapshot current = update.current();
    Placement placement =
        update.placement().storageClass().isEmpty()
            ? new Placement(
                current.storageClass(), update.placement().cannedAcl(), update.placement().kmsKey())
            : update.placement();
    return copy(
        current,
        current.location(),
        attributes,
        placement,
        WriteCondition.ifUnchanged(current.version()));
  }

  /** A copy of just that version of the source, with attributes of its own. */
  CopyObjectRequest copy(
      ObjectSnapshot source,
      ObjectLocation target,
      NativeAttributes attributes,
      Placement placement,
      WriteCondition condition) {
    SystemHeaders headers = attributes.headers();
    CopyObjectRequest.Builder copy =
        CopyObjectRequest.builder()
            .sourceBucket(source.location().bucket().bucket())
            .sourceKey(source.location().key())
            .sourceVersionId(orNull(source.version().writeId()))
            .copySourceIfMatch(quoted(source.version().etag()))
            .destinationBucket(target.bucket().bucket())
            .destinationKey(target.key())
            .metadataDirective(MetadataDirective.REPLACE)
            .contentType(headers.contentType())
            .cacheControl(orNull(headers.cacheControl()))
            .contentDisposition(orNull(headers.contentDisposition()))
            .contentEncoding(orNull(headers.contentEncoding()))
            .contentLanguage(orNull(headers.contentLanguage()))
            .websiteRedirectLocation(orNull(headers.websiteRedirect()))
            .overrideConfiguration(
                expires(headers).toBuilder().apiCallAttemptTimeout(SERVER_SIDE).build())
            .metadata(attributes.metadata())
            .storageClass(orNull(placement.storageClass()))
            .acl(orNull(placement.cannedAcl()));
    switch (condition) {
      case WriteCondition.IfAbsent() -> copy.ifNoneMatch("*");
      case WriteCondition.IfUnchanged(var version) -> copy.ifMatch(quoted(version.etag()));
    }
    if (!quirks.lacksTags()) {
      copy.taggingDirective(TaggingDirective.REPLACE)
          .tagging(orNull(AttributesCodec.toForm(attributes.tags())));
    }
    // A copy keeps the checksum that there is.
    if (!quirks.lacksCrc32c() && source.crc().isEmpty()) {
      copy.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
    }
    if (!placement.kmsKey().isEmpty()) {
      copy.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(placement.kmsKey());
    }
    return copy.build();
  }

  /** The header as text: the SDK's own setter knows only dates, and S3 keeps any text. */
  private static AwsRequestOverrideConfiguration expires(SystemHeaders headers) {
    AwsRequestOverrideConfiguration.Builder overrides = AwsRequestOverrideConfiguration.builder();
    if (!headers.expires().isEmpty()) {
      overrides.putHeader("Expires", headers.expires());
    }
    return overrides.build();
  }

  static String quoted(String etag) {
    return "\"" + etag + "\"";
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static String md5(ByteBuffer content) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update(content.duplicate());
      return Base64.getEncoder().encodeToString(md5.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
