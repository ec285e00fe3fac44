package dev.twinbucket.state;

import dev.twinbucket.object.ObjectVersion;
import java.util.Optional;

/**
 * What the revision of an object's row is made of: all that a conditional write has to know, so
 * that it need not read the row again.
 *
 * @param nonce of the write
 * @param expirySecond when the row expires
 * @param version of the object; the modification time is left out, because a write does not learn
 *     it where a read does
 */
record RowRevision(String nonce, Optional<Long> expirySecond, ObjectVersion version) {
  RowRevision {
    version =
        new ObjectVersion(
            version.writeId(), version.etag(), version.revision(), ObjectVersion.UNKNOWN);
  }

  /**
   * Reads the text back.
   *
   * @throws IllegalArgumentException if another kind of store made it
   */
  static RowRevision parse(String text) {
    String[] fields = text.split(" ", -1);
    if (fields.length != 3) {
      throw new IllegalArgumentException("not a revision of an object's row");
    }
    Optional<Long> expiry =
        fields[1].isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(fields[1]));
    return new RowRevision(fields[0], expiry, ObjectVersion.parse(fields[2]));
  }

  String text() {
    return String.join(" ", nonce, expirySecond.map(String::valueOf).orElse(""), version.token());
  }
}
