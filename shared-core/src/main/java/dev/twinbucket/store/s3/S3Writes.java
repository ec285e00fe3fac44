package dev.twinbucket.store.s3;

import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.store.AttributesUpdate;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.store.adapter.AttributesCodec;
import dev.twinbucket.store.adapter.NativeAttributes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

/** Spells the port's writes in the SDK's request types. */
final class S3Writes {
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

  /**
   * A copy of the object onto itself. What is not named would be lost or changed by it, so the
   * storage class is named although nobody asked for a change.
   */
  CopyObjectRequest replaceAttributes(AttributesUpdate update, NativeAttributes attributes) {
    ObjectSnapshot current = update.current();
    ObjectLocation location = current.location();
    SystemHeaders headers = attributes.headers();
    Placement placement = update.placement();
    String etag = quoted(current.version().etag());
    CopyObjectRequest.Builder copy =
        CopyObjectRequest.builder()
            .sourceBucket(location.bucket().bucket())
            .sourceKey(location.key())
            .sourceVersionId(orNull(current.version().writeId()))
            .copySourceIfMatch(etag)
            .destinationBucket(location.bucket().bucket())
            .destinationKey(location.key())
            .ifMatch(etag)
            .metadataDirective(MetadataDirective.REPLACE)
            .contentType(headers.contentType())
            .cacheControl(orNull(headers.cacheControl()))
            .contentDisposition(orNull(headers.contentDisposition()))
            .contentEncoding(orNull(headers.contentEncoding()))
            .contentLanguage(orNull(headers.contentLanguage()))
            .websiteRedirectLocation(orNull(headers.websiteRedirect()))
            .overrideConfiguration(expires(headers))
            .metadata(attributes.metadata())
            .storageClass(
                orNull(
                    placement.storageClass().isEmpty()
                        ? current.storageClass()
                        : placement.storageClass()))
            .acl(orNull(placement.cannedAcl()));
    if (!quirks.lacksTags()) {
      copy.taggingDirective(TaggingDirective.REPLACE)
          .tagging(orNull(AttributesCodec.toForm(attributes.tags())));
    }
    // A copy keeps the checksum that there is.
    if (!quirks.lacksCrc32c() && current.crc().isEmpty()) {
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
