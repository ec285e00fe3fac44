package dev.twinbucket.local.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A response body that is cut off, ends early, or has one bit flipped. */
final class FaultyResponseBody extends FilterOutputStream {
  private final Fault fault;
  private long position;

  FaultyResponseBody(OutputStream out, Fault fault) {
    super(out);
    this.fault = fault;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] b, int off, int len) throws IOException {
    switch (fault) {
      case Fault.CutResponse(long afterBytes) -> {
        int room = (int) Math.min(len, afterBytes - position);
        out.write(b, off, room);
        position += room;
        if (room < len) {
          out.flush();
          throw new IOException("Injected fault: connection cut after " + position + " bytes");
        }
      }
      case Fault.ShortenResponse(long bytes) -> {
        int room = (int) Math.min(len, Math.max(0, bytes - position));
        out.write(b, off, room);
        position += len;
      }
      case Fault.DamageResponse(long atByte) when atByte >= position && atByte < position + len -> {
        byte[] copy = Arrays.copyOfRange(b, off, off + len);
        copy[(int) (atByte - position)] ^= 1;
        out.write(copy, 0, len);
        position += len;
      }
      default -> {
        out.write(b, off, len);
        position += len;
      }
    }
  }
}
