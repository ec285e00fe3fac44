package dev.twinbucket.transfer;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectSnapshot;
import java.nio.ByteBuffer;

/**
 * A whole object in memory, its bytes proven to be those of the snapshot as far as the source store
 * keeps a checksum. Closing it gives its bytes back to the budget.
 *
 * @param snapshot the object, with the CRC32C of these very bytes
 * @param bytes all of them
 * @param lease the bytes' place in the budget
 */
public record SmallContent(ObjectSnapshot snapshot, ByteBuffer bytes, ByteBudget.Lease lease)
    implements AutoCloseable {

  /** The CRC32C of the bytes, computed while they were read. */
  public Crc32c crc() {
    return snapshot.crc().orElseThrow();
  }

  @Override
  public void close() {
    lease.close();
  }
}
