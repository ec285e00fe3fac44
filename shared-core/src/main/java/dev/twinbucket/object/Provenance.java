package dev.twinbucket.object;

import java.util.Optional;

/**
 * The stamp of a replica: which version of which object it was made from. It is one entry of the
 * replica's own user metadata, so that it becomes visible in the same instant as the bytes.
 *
 * <p>A stamp proves nothing by being there, since copies and re-uploads carry it along. {@link
 * #names} says whether it speaks of this object's counterpart; the checksum and the attributes'
 * digest say whether the object is still what was written with it.
 *
 * @param origin digest of the origin's location, see {@link #originOf}
 * @param version the origin's version that was copied
 * @param crc the CRC32C of the bytes that were written
 * @param attributes {@link ObjectAttributes#digest()} of what was written beside them
 * @param writeId unique to this write, so that no two writes of ours look alike
 */
public record Provenance(
    String origin, ObjectVersion version, Crc32c crc, String attributes, String writeId) {
  /**
   * The name of the metadata entry that holds the stamp; reserved, never replicated as a user's
   * own.
   */
  public static final String METADATA_KEY = "twinbucket-stamp";

  /** Every metadata name with this prefix belongs to Twinbucket. */
  public static final String RESERVED_PREFIX = "twinbucket-";

  private static final String FORMAT = "1";

  /** Whether this stamp says that its object was copied from {@code location}. */
  public boolean names(ObjectLocation location) {
    return origin.equals(originOf(location));
  }

  /** A fingerprint of the location's exact form: 96 bits in URL-safe base64. */
  public static String originOf(ObjectLocation location) {
    return new Fingerprint().add(location.exact()).toString();
  }

  /** The metadata entry's value: printable ASCII, some 120 characters. */
  public String encoded() {
    return String.join(";", FORMAT, origin, version.token(), crc.base64(), attributes, writeId);
  }

  /** Reads a metadata value back; empty when it is not a stamp of a format that we know. */
  public static Optional<Provenance> parse(String value) {
    String[] fields = value.split(";", -1);
    if (fields.length != 6 || !fields[0].equals(FORMAT)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Provenance(
              fields[1],
              ObjectVersion.parse(fields[2]),
              Crc32c.parse(fields[3]),
              fields[4],
              fields[5]));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }
}
