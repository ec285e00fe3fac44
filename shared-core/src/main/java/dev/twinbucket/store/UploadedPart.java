package dev.twinbucket.store;

import dev.twinbucket.object.Crc32c;
import java.util.Optional;

/**
 * A part that has arrived.
 *
 * @param number from 1
 * @param size in bytes
 * @param etag as the store gave it; what a completion names it by
 * @param crc its CRC32C, where the store keeps one
 */
public record UploadedPart(int number, long size, String etag, Optional<Crc32c> crc) {}
