package dev.twinbucket.store.memory;

import dev.twinbucket.object.ObjectSnapshot;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** One version of an object with its bytes, which nobody else ever holds. */
final class StoredObject {
  private final ObjectSnapshot snapshot;
  private final byte[] bytes;

  StoredObject(ObjectSnapshot snapshot, byte[] bytes) {
    this.snapshot = snapshot;
    this.bytes = bytes;
  }

  ObjectSnapshot snapshot() {
    return snapshot;
  }

  /** The bytes themselves; only read. */
  byte[] bytes() {
    return bytes;
  }

  /** The same bytes under another snapshot. */
  StoredObject as(ObjectSnapshot other) {
    return new StoredObject(other, bytes);
  }

  /** The bytes from an offset on, at most that many. */
  InputStream open(long offset, long length) {
    int start = (int) Math.min(offset, bytes.length);
    int count = (int) Math.min(length, bytes.length - start);
    return new ByteArrayInputStream(bytes, start, count);
  }
}
