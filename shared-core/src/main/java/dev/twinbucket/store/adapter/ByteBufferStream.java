package dev.twinbucket.store.adapter;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Reads a buffer without copying it or moving its position. */
public final class ByteBufferStream extends InputStream {
  private final ByteBuffer left;

  /** A stream of the buffer's remaining bytes. */
  public ByteBufferStream(ByteBuffer bytes) {
    left = bytes.duplicate();
    left.mark();
  }

  @Override
  public int read() {
    return left.hasRemaining() ? left.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    int count = Math.min(length, left.remaining());
    if (count == 0) {
      return -1;
    }
    left.get(target, offset, count);
    return count;
  }

  @Override
  public long skip(long count) {
    int skipped = Math.clamp(count, 0, left.remaining());
    left.position(left.position() + skipped);
    return skipped;
  }

  @Override
  public int available() {
    return left.remaining();
  }

  @Override
  public boolean markSupported() {
    return true;
  }

  @Override
  public synchronized void mark(int readLimit) {
    left.mark();
  }

  @Override
  public synchronized void reset() {
    left.reset();
  }
}
