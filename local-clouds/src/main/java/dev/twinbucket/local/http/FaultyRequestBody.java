package dev.twinbucket.local.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request body that breaks off, or has one bit flipped. */
final class FaultyRequestBody extends FilterInputStream {
  private final Fault fault;
  private final Runnable cutConnection;
  private long position;

  FaultyRequestBody(InputStream in, Fault fault, Runnable cutConnection) {
    super(in);
    this.fault = fault;
    this.cutConnection = cutConnection;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int n = read(one, 0, 1);
    return n < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] b, int off, int len) throws IOException {
    int wanted = len;
    if (fault instanceof Fault.CutRequest(long afterBytes)) {
      if (position >= afterBytes && len > 0) {
        cutConnection.run();
        throw new IOException("Injected fault: connection cut after " + position + " bytes");
      }
      wanted = (int) Math.min(len, afterBytes - position);
    }
    int n = super.read(b, off, wanted);
    if (n > 0) {
      if (fault instanceof Fault.DamageRequest(long atByte)
          && atByte >= position
          && atByte < position + n) {
        b[off + (int) (atByte - position)] ^= 1;
      }
      position += n;
    }
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    return readNBytes((int) Math.min(n, 8192)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
