package dev.twinbucket.store.s3;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.store.adapter.ContentEncodings;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * What the headers of a HEAD and of a GET have in common, {@code null} where the SDK has it.
 *
 * @param length bytes of this body, which may be a range
 */
record S3Answer(
    Long length,
    String contentRange,
    String quotedEtag,
    String versionId,
    Instant modified,
    String checksum,
    ChecksumType checksumType,
    ServerSideEncryption encryption,
    String customerKey,
    String storageClass,
    String restore,
    String archiveStatus,
    Integer tagCount,
    SystemHeaders headers,
    Map<String, String> metadata) {
  private static final String COMPOSITE_MARK = "-";

  static S3Answer of(HeadObjectResponse head) {
    return new S3Answer(
        head.contentLength(),
        null,
        head.eTag(),
        head.versionId(),
        head.lastModified(),
        head.checksumCRC32C(),
        head.checksumType(),
        head.serverSideEncryption(),
        head.sseCustomerAlgorithm(),
        head.storageClassAsString(),
        head.restore(),
        head.archiveStatusAsString(),
        head.tagCount(),
        new SystemHeaders(
            text(head.contentType()),
            text(head.cacheControl()),
            text(head.contentDisposition()),
            ContentEncodings.stored(text(head.contentEncoding())),
            text(head.contentLanguage()),
            text(head.expiresString()),
            text(head.websiteRedirectLocation()),
            ""),
        lowerCased(head.metadata()));
  }

  static S3Answer of(GetObjectResponse get) {
    return new S3Answer(
        get.contentLength(),
        get.contentRange(),
        get.eTag(),
        get.versionId(),
        get.lastModified(),
        get.checksumCRC32C(),
        get.checksumType(),
        get.serverSideEncryption(),
        get.sseCustomerAlgorithm(),
        get.storageClassAsString(),
        get.restore(),
        null,
        get.tagCount(),
        new SystemHeaders(
            text(get.contentType()),
            text(get.cacheControl()),
            text(get.contentDisposition()),
            ContentEncodings.stored(text(get.contentEncoding())),
            text(get.contentLanguage()),
            text(get.expiresString()),
            text(get.websiteRedirectLocation()),
            ""),
        lowerCased(get.metadata()));
  }

  /** Whether this can be an answer of S3's at all, and not a page of some proxy. */
  boolean isPlausible() {
    return length != null && quotedEtag != null && !etag().isEmpty() && modified != null;
  }

  String etag() {
    return S3Answer.unquoted(quotedEtag);
  }

  /** The version's id, empty on a bucket that is not versioned or no longer. */
  String writeId() {
    return writeId(versionId);
  }

  static String writeId(String versionId) {
    return versionId == null || versionId.equals("null") ? "" : versionId;
  }

  static String unquoted(String etag) {
    String tag = etag.startsWith("W/") ? etag.substring(2) : etag;
    return tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"")
        ? tag.substring(1, tag.length() - 1)
        : tag;
  }

  /**
   * The CRC32C of the whole object. That of a multipart object may be one over its parts'
   * checksums; then its type says {@code COMPOSITE} and its text ends in the number of parts.
   */
  Optional<Crc32c> crc() {
    if (checksum == null
        || checksum.contains(COMPOSITE_MARK)
        || (checksumType != null && checksumType != ChecksumType.FULL_OBJECT)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Crc32c.parse(checksum));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  /**
   * The ETag, where it is an MD5.
   *
   * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html">S3: not for
   *     multipart, SSE-C and SSE-KMS objects</a>
   */
  Optional<String> md5() {
    boolean plain =
        customerKey == null && (encryption == null || encryption == ServerSideEncryption.AES256);
    String tag = etag().toLowerCase(Locale.ROOT);
    return plain && tag.matches("[0-9a-f]{32}") ? Optional.of(tag) : Optional.empty();
  }

  /** False while the bytes are in an archive and no restored copy is there. */
  boolean readable() {
    boolean archived =
        archiveStatus != null
            || "GLACIER".equals(storageClass)
            || "DEEP_ARCHIVE".equals(storageClass);
    return !archived || (restore != null && restore.contains("ongoing-request=\"false\""));
  }

  private static String text(String header) {
    return header == null ? "" : header;
  }

  private static Map<String, String> lowerCased(Map<String, String> metadata) {
    Map<String, String> names = new TreeMap<>();
    metadata.forEach((name, value) -> names.put(name.toLowerCase(Locale.ROOT), text(value)));
    return names;
  }
}
