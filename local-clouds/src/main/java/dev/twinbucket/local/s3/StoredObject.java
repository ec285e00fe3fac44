package dev.twinbucket.local.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One version of an object, or a delete marker, as tests look at it. Immutable. */
public final class StoredObject {
  private final ObjectVersion version;

  StoredObject(ObjectVersion version) {
    this.version = version;
  }

  /** The key. */
  public String key() {
    return version.key();
  }

  /** The version id; {@code null} as a text for writes without versioning. */
  public String versionId() {
    return version.versionId();
  }

  /** Whether this is a delete marker. */
  public boolean isDeleteMarker() {
    return version.deleteMarker();
  }

  /** The number of bytes. */
  public long size() {
    return version.size();
  }

  /** The entity tag without quotes. */
  public String etag() {
    return version.object().etag();
  }

  /** When it was written, in whole seconds. */
  public Instant lastModified() {
    return version.lastModified();
  }

  /** Content-Type and its like, and encryption headers, under lower-cased names. */
  public Map<String, String> systemHeaders() {
    return version.object().attributes().systemHeaders();
  }

  /** User metadata under lower-cased names without prefix; a character stands for one byte. */
  public Map<String, String> userMetadata() {
    return version.object().attributes().userMetadata();
  }

  /** The tags. */
  public Map<String, String> tags() {
    return version.object().tags();
  }

  /** The storage class, {@code STANDARD} by default. */
  public String storageClass() {
    return version.object().attributes().storageClass();
  }

  /** The canned ACL, {@code private} by default. */
  public String acl() {
    return version.object().attributes().acl();
  }

  /** The kept checksum in an algorithm such as {@code CRC32C}, base64. */
  public Optional<String> checksum(String algorithm) {
    return version
        .object()
        .checksum()
        .filter(c -> c.algorithm().apiName().equals(algorithm))
        .map(StoredChecksum::value);
  }

  /** All bytes in one array, which the caller owns. */
  public byte[] bytes() {
    try {
      return ContentInput.bytes(version.object().content());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return (isDeleteMarker() ? "delete marker " : "object ")
        + key()
        + " version "
        + versionId()
        + " of "
        + size()
        + " bytes, etag "
        + etag();
  }
}
