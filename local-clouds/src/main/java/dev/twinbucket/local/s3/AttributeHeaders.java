package dev.twinbucket.local.s3;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads an object's attributes from request headers, and writes them to answers. */
final class AttributeHeaders {
  private static final String META = "x-amz-meta-";
  private static final int LARGEST_METADATA = 2048;
  private static final Set<String> STORAGE_CLASSES =
      Set.of(
          "STANDARD",
          "REDUCED_REDUNDANCY",
          "STANDARD_IA",
          "ONEZONE_IA",
          "INTELLIGENT_TIERING",
          "GLACIER",
          "DEEP_ARCHIVE",
          "GLACIER_IR");
  private static final Set<String> CANNED_ACLS =
      Set.of(
          "private",
          "public-read",
          "public-read-write",
          "authenticated-read",
          "aws-exec-read",
          "bucket-owner-read",
          "bucket-owner-full-control");

  /** Headers that are metadata of the object: a copy takes them over or replaces them. */
  static final List<String> DESCRIPTIVE =
      List.of(
          "content-type",
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language",
          "expires");

  /** Headers that belong to the write itself: a copy never takes them over. */
  static final List<String> OF_THE_WRITE =
      List.of(
          "x-amz-website-redirect-location",
          "x-amz-server-side-encryption",
          "x-amz-server-side-encryption-aws-kms-key-id",
          "x-amz-server-side-encryption-bucket-key-enabled");

  private AttributeHeaders() {}

  /** Reads what a write says about its object. */
  static ObjectAttributes read(S3Call call) {
    Map<String, String> system = new LinkedHashMap<>();
    for (String name : DESCRIPTIVE) {
      Optional<String> value =
          name.equals("content-encoding")
              ? BodyReceiver.storedContentEncoding(call)
              : call.header(name);
      value.filter(v -> !v.isEmpty()).ifPresent(v -> system.put(name, v));
    }
    system.putIfAbsent("content-type", "binary/octet-stream");
    for (String name : OF_THE_WRITE) {
      call.header(name).ifPresent(v -> system.put(name, v));
    }
    if (system.getOrDefault("x-amz-server-side-encryption", "").equals("aws:kms")) {
      system.putIfAbsent(
          "x-amz-server-side-encryption-aws-kms-key-id",
          "arn:aws:kms:us-east-1:000000000000:alias/aws/s3");
    }
    String storageClass = call.header("x-amz-storage-class").orElse("STANDARD");
    if (!STORAGE_CLASSES.contains(storageClass)) {
      throw ErrorCode.INVALID_STORAGE_CLASS.failure();
    }
    return new ObjectAttributes(system, userMetadata(call), storageClass, acl(call));
  }

  static String acl(S3Call call) {
    String acl = call.header("x-amz-acl").orElse("private");
    if (!CANNED_ACLS.contains(acl)) {
      throw ErrorCode.INVALID_ARGUMENT.failure("The canned ACL is not valid: " + acl);
    }
    return acl;
  }

  private static Map<String, String> userMetadata(S3Call call) {
    Map<String, String> metadata = new LinkedHashMap<>();
    int size = 0;
    for (Map.Entry<String, String> header : call.http().headers().entrySet()) {
      if (header.getKey().startsWith(META)) {
        String name = header.getKey().substring(META.length());
        String value = header.getValue().strip();
        // The head was read as ISO 8859-1: one character is one byte.
        size += name.length() + value.length();
        metadata.put(name, value);
      }
    }
    if (size > LARGEST_METADATA) {
      throw ErrorCode.METADATA_TOO_LARGE
          .failure()
          .element("Size", Integer.toString(size))
          .element("MaxSizeAllowed", Integer.toString(LARGEST_METADATA));
    }
    return metadata;
  }

  /** Writes everything that GET and HEAD say about an object apart from its length and range. */
  static void write(S3Call call, ObjectVersion version, boolean versioned, boolean checksums) {
    NewObject object = version.object();
    call.set("ETag", Etags.quoted(object.etag()));
    call.setTime("Last-Modified", version.lastModified());
    call.set("Accept-Ranges", "bytes");
    object.attributes().systemHeaders().forEach(call::set);
    object.attributes().userMetadata().forEach((n, v) -> call.set(META + n, headerText(v)));
    if (versioned) {
      call.set("x-amz-version-id", version.versionId());
    }
    if (!object.attributes().storageClass().equals("STANDARD")) {
      call.set("x-amz-storage-class", object.attributes().storageClass());
    }
    if (!object.tags().isEmpty()) {
      call.set("x-amz-tagging-count", Integer.toString(object.tags().size()));
    }
    version
        .restoredUntil()
        .ifPresent(
            until ->
                call.set(
                    "x-amz-restore",
                    "ongoing-request=\"false\", expiry-date=\"" + S3Times.http(until) + '"'));
    if (checksums) {
      object.checksum().ifPresent(c -> write(call, c));
    }
  }

  /** Writes a checksum to the headers of an answer. */
  static void write(S3Call call, StoredChecksum checksum) {
    call.set(checksum.algorithm().header(), checksum.value());
    call.set("x-amz-checksum-type", checksum.type().name());
  }

  /** Writes what answers to writes say about encryption. */
  static void writeEncryption(S3Call call, ObjectAttributes attributes) {
    OF_THE_WRITE.stream()
        .filter(n -> n.startsWith("x-amz-server-side-encryption"))
        .forEach(n -> call.set(n, Optional.ofNullable(attributes.systemHeaders().get(n))));
  }

  /**
   * A metadata value as S3 returns it. What is not US-ASCII comes back in the form of RFC 2047, the
   * bytes of the header taken for ISO 8859-1, as the user guide shows under "User-defined object
   * metadata".
   */
  private static String headerText(String value) {
    if (value.chars().allMatch(c -> c >= 0x20 && c < 0x7F)) {
      return value;
    }
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(utf8) + "?=";
  }
}
