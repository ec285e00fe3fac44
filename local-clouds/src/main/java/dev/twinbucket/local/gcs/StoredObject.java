package dev.twinbucket.local.gcs;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One generation of an object.
 *
 * @param md5 present unless the object was composed or came from an XML multipart upload
 * @param componentCount present on composed objects
 * @param noncurrentSince present once this generation is no longer the live one
 */
record StoredObject(
    String bucket,
    String name,
    long generation,
    long metageneration,
    ObjectAttributes attributes,
    Content content,
    Optional<String> md5,
    OptionalInt componentCount,
    Instant created,
    Instant updated,
    Optional<Instant> noncurrentSince) {

  boolean isLive() {
    return noncurrentSince.isEmpty();
  }

  StoredObject withAttributes(ObjectAttributes changed, Instant now) {
    return new StoredObject(
        bucket,
        name,
        generation,
        metageneration + 1,
        changed,
        content,
        md5,
        componentCount,
        created,
        now,
        noncurrentSince);
  }

  StoredObject noncurrent(Instant since) {
    return new StoredObject(
        bucket,
        name,
        generation,
        metageneration,
        attributes,
        content,
        md5,
        componentCount,
        created,
        updated,
        Optional.of(since));
  }

  /** The JSON API's ETag: a protocol buffer of generation and metageneration, in Base64. */
  String etag() {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(0x08);
    writeVarint(message, generation);
    message.write(0x10);
    writeVarint(message, metageneration);
    return Base64.getEncoder().encodeToString(message.toByteArray());
  }

  private static void writeVarint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
