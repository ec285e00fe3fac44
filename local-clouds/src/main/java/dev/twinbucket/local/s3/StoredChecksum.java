package dev.twinbucket.local.s3;

import java.io.IOException;
import java.util.Base64;

/**
 * A checksum that is kept with an object or part.
 *
 * @param algorithm how it was computed
 * @param value base64, for a composite one with a hyphen and the number of parts behind it
 * @param type over the whole object, or over the checksums of the parts
 */
record StoredChecksum(ChecksumAlgorithm algorithm, String value, Type type) {
  enum Type {
    FULL_OBJECT,
    COMPOSITE
  }

  /** Computes the checksum over a whole content. */
  static StoredChecksum of(Content content, ChecksumAlgorithm algorithm) throws IOException {
    byte[] value = ContentInput.checksum(content, algorithm);
    return new StoredChecksum(
        algorithm, Base64.getEncoder().encodeToString(value), Type.FULL_OBJECT);
  }
}
