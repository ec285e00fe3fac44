package dev.twinbucket.local.gcs;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a test may see of one generation without going over the wire.
 *
 * @param size stored bytes
 * @param crc32c Base64 of the big-endian CRC32C
 * @param contentType absent if the writer gave none
 * @param contentEncoding absent if the writer gave none
 * @param metadata custom metadata
 * @param live whether this is the live generation
 */
public record GcsObjectView(
    String bucket,
    String name,
    long generation,
    long metageneration,
    long size,
    String crc32c,
    Optional<String> contentType,
    Optional<String> contentEncoding,
    Map<String, String> metadata,
    Instant created,
    boolean live) {

  static GcsObjectView of(StoredObject object) {
    return new GcsObjectView(
        object.bucket(),
        object.name(),
        object.generation(),
        object.metageneration(),
        object.content().size(),
        object.content().crc32c(),
        object.attributes().text("contentType"),
        object.attributes().text("contentEncoding"),
        Map.copyOf(object.attributes().metadata()),
        object.created(),
        object.isLive());
  }
}
