package dev.twinbucket.local.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What a client says the bytes hash to. It is checked before anything becomes visible.
 *
 * @see <a href="https://cloud.google.com/storage/docs/data-validation">Data validation</a>
 */
record DeclaredHashes(Optional<String> crc32c, Optional<String> md5) {

  static final DeclaredHashes NONE = new DeclaredHashes(Optional.empty(), Optional.empty());

  /** From the fields of an object resource. */
  static DeclaredHashes ofResource(ObjectNode resource) {
    return new DeclaredHashes(
        Optional.ofNullable(resource.get("crc32c")).map(JsonNode::asText),
        Optional.ofNullable(resource.get("md5Hash")).map(JsonNode::asText));
  }

  /** From the headers {@code x-goog-hash} and {@code Content-MD5}. */
  static DeclaredHashes ofHeaders(GcsRequest request) {
    Optional<String> crc32c = Optional.empty();
    Optional<String> md5 = request.header("content-md5");
    for (String hash : request.header("x-goog-hash").orElse("").split(",", -1)) {
      String entry = hash.strip();
      if (entry.startsWith("crc32c=")) {
        crc32c = Optional.of(entry.substring("crc32c=".length()));
      } else if (entry.startsWith("md5=")) {
        md5 = Optional.of(entry.substring("md5=".length()));
      } else if (!entry.isEmpty()) {
        throw GcsError.invalid("Invalid x-goog-hash: " + entry);
      }
    }
    return new DeclaredHashes(crc32c, md5);
  }

  /** Refuses with 400 bytes that are not what was declared. */
  void verify(Content content) {
    if (crc32c.isPresent() && !crc32c.get().equals(content.crc32c())) {
      throw GcsError.badDigest(mismatch("CRC32C", crc32c.get(), content.crc32c()));
    }
    if (md5.isPresent()) {
      String actual = content.md5();
      if (!md5.get().equals(actual)) {
        throw GcsError.badDigest(mismatch("MD5 hash", md5.get(), actual));
      }
    }
  }

  private static String mismatch(String what, String declared, String actual) {
    return "Provided %s \"%s\" doesn't match calculated %s \"%s\"."
        .formatted(what, declared, what, actual);
  }
}
