package dev.twinbucket.store.adapter;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body that is just as long as its headers announced: an end that comes too early is an {@link
 * IOException}, as is a byte too many, and so is any unchecked exception of the SDK underneath.
 */
public final class ExactLengthStream extends FilterInputStream {
  private long left;

  /** A body of that many bytes. */
  public ExactLengthStream(InputStream body, long length) {
    super(body);
    left = length;
  }

  /** Whether all announced bytes were read. */
  public boolean isComplete() {
    return left == 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count;
    try {
      count = in.read(target, offset, length);
    } catch (RuntimeException e) {
      throw new IOException("the body broke off: " + e.getMessage(), e);
    }
    if (count < 0 && left > 0) {
      throw new IOException("the body ended " + left + " bytes too early");
    }
    if (count > left) {
      throw new IOException("the body is longer than announced");
    }
    left -= Math.max(count, 0);
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] scratch = new byte[Math.clamp(count, 0, 8192)];
    int skipped = count <= 0 ? 0 : read(scratch, 0, scratch.length);
    return Math.max(skipped, 0);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
