package dev.twinbucket.object;

import java.time.Instant;
import java.util.Optional;

/**
 * What a HEAD, or the headers of a GET, said of an object that was there.
 *
 * @param location where it is
 * @param version which write it is
 * @param size bytes as stored, zero or more
 * @param crc its CRC32C, where the store keeps one for the whole object
 * @param md5 its MD5 in lower-case hex, where the store vouches for one (an S3 ETag often is none)
 * @param attributes what must come out equal on the other side
 * @param modified when its store says that it was written; two stores' clocks are not the same
 * @param provenance the stamp it carries, whether or not that stamp is true
 * @param storageClass the store's own name for it, empty when unknown
 * @param readable false when the bytes are archived and must be restored before they can be read
 */
public record ObjectSnapshot(
    ObjectLocation location,
    ObjectVersion version,
    long size,
    Optional<Crc32c> crc,
    Optional<String> md5,
    ObjectAttributes attributes,
    Instant modified,
    Optional<Provenance> provenance,
    String storageClass,
    boolean readable) {

  /** Whether the stores' checksums prove or disprove that both hold the same bytes. */
  public ContentComparison compareContent(ObjectSnapshot other) {
    if (size != other.size) {
      return ContentComparison.DIFFERENT;
    }
    if (crc.isPresent() && other.crc.isPresent()) {
      return ContentComparison.of(crc.get().equals(other.crc.get()));
    }
    if (md5.isPresent() && other.md5.isPresent()) {
      return ContentComparison.of(md5.get().equals(other.md5.get()));
    }
    return size == 0 ? ContentComparison.EQUAL : ContentComparison.UNKNOWN;
  }

  /** The same with a CRC32C that somebody computed by reading the bytes of just this version. */
  public ObjectSnapshot withCrc(Crc32c computed) {
    return new ObjectSnapshot(
        location,
        version,
        size,
        Optional.of(computed),
        md5,
        attributes,
        modified,
        provenance,
        storageClass,
        readable);
  }
}
