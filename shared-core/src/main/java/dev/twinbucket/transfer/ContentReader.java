package dev.twinbucket.transfer;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Reads objects whole, checking length and checksum on the way. */
public final class ContentReader {
  private static final int CHUNK = 64 * 1024;
  private final ByteBudget budget;
  private final long largest;

  /**
   * A reader.
   *
   * @param budget what the contents in memory are taken from
   * @param largest the size up to which an object is read into memory, in bytes
   */
  public ContentReader(ByteBudget budget, long largest) {
    this.budget = budget;
    this.largest = largest;
  }

  /** What the contents in memory are taken from. */
  public ByteBudget budget() {
    return budget;
  }

  /** Whether an object of that size is read into memory whole. */
  public boolean isSmall(long size) {
    return size <= largest;
  }

  /**
   * Reads whatever is current, unless it is too large or archived.
   *
   * @return the content, which the caller closes; empty if it takes another way to carry this
   *     object over
   * @throws StoreException as {@link ObjectStore#read}
   */
  public Optional<SmallContent> readIfSmall(ObjectStore store, ObjectLocation location) {
    return read(store, ReadRequest.current(location));
  }

  /**
   * Reads just this version.
   *
   * @return the content, which the caller closes
   * @throws StoreException as {@link ObjectStore#read}
   */
  public SmallContent read(ObjectStore store, ObjectSnapshot snapshot) {
    return read(store, ReadRequest.pinned(snapshot.location(), snapshot.version()))
        .orElseThrow(
            () ->
                new StoreException.InvalidRequest(
                    StoreException.InvalidRequest.Kind.SIZE,
                    "%s has %d bytes, more than one request carries"
                        .formatted(snapshot.location(), snapshot.size())));
  }

  private Optional<SmallContent> read(ObjectStore store, ReadRequest request) {
    try (ObjectContent content = store.read(request)) {
      ObjectSnapshot snapshot = content.snapshot();
      if (!isSmall(snapshot.size())) {
        return Optional.empty();
      }
      ByteBudget.Lease lease = budget.take(snapshot.size());
      try {
        byte[] bytes = readExactly(content.body(), (int) snapshot.size(), request.location());
        ByteBuffer buffer = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        return Optional.of(new SmallContent(proven(snapshot, Crc32c.of(buffer)), buffer, lease));
      } catch (RuntimeException e) {
        lease.close();
        throw e;
      }
    }
  }

  /**
   * Computes the CRC32C of just this version by reading it through, whatever its size, without
   * keeping it.
   *
   * @throws StoreException as {@link ObjectStore#read}
   */
  public ObjectSnapshot withCrc(ObjectStore store, ObjectSnapshot snapshot) {
    ReadRequest request = ReadRequest.pinned(snapshot.location(), snapshot.version());
    try (ObjectContent content = store.read(request);
        ByteBudget.Lease _ = budget.take(CHUNK)) {
      CRC32C running = new CRC32C();
      byte[] chunk = new byte[CHUNK];
      long seen = 0;
      for (int n = content.body().read(chunk); n >= 0; n = content.body().read(chunk)) {
        running.update(chunk, 0, n);
        seen += n;
      }
      requireLength(seen, snapshot.size(), request.location());
      return proven(snapshot, Crc32c.of(running));
    } catch (IOException e) {
      throw new StoreException.Unavailable("reading " + request.location() + " broke off", e);
    }
  }

  private static byte[] readExactly(InputStream body, int size, ObjectLocation location) {
    try {
      byte[] bytes = body.readNBytes(size);
      requireLength(bytes.length + (body.read() < 0 ? 0 : 1L), size, location);
      return bytes;
    } catch (IOException e) {
      throw new StoreException.Unavailable("reading " + location + " broke off", e);
    }
  }

  private static void requireLength(long seen, long expected, ObjectLocation location) {
    if (seen != expected) {
      throw new StoreException.IntegrityMismatch(
          "%s: the body has %s than the %d bytes announced"
              .formatted(location, seen < expected ? "less" : "more", expected),
          null);
    }
  }

  private static ObjectSnapshot proven(ObjectSnapshot snapshot, Crc32c computed) {
    if (snapshot.crc().isPresent() && !snapshot.crc().get().equals(computed)) {
      throw new StoreException.IntegrityMismatch(
          "%s: the bytes that arrived have CRC32C %s, the store says %s"
              .formatted(snapshot.location(), computed, snapshot.crc().get()),
          null);
    }
    return snapshot.withCrc(computed);
  }
}
