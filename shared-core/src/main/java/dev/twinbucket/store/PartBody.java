package dev.twinbucket.store;

import dev.twinbucket.object.Crc32c;
import java.nio.ByteBuffer;

/**
 * The bytes of one part, in memory.
 *
 * @param bytes only read; position and limit stay
 * @param crc their CRC32C
 */
public record PartBody(ByteBuffer bytes, Crc32c crc) {
  /** How many bytes. */
  public int size() {
    return bytes.remaining();
  }
}
