package dev.twinbucket.local.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Keeps bytes on the heap in chunks, so that large objects need no large arrays and no copying. */
final class MemoryContentStore implements ContentStore {
  private static final int CHUNK = 256 * 1024;

  @Override
  public Content keep(InputStream in) throws IOException {
    List<byte[]> chunks = new ArrayList<>();
    long length = 0;
    byte[] chunk;
    do {
      chunk = in.readNBytes(CHUNK);
      if (chunk.length > 0) {
        chunks.add(chunk);
        length += chunk.length;
      }
    } while (chunk.length == CHUNK);
    return new Chunks(List.copyOf(chunks), length);
  }

  /** All chunks but the last are full. */
  private record Chunks(List<byte[]> chunks, long length) implements Content {
    @Override
    public void write(OutputStream out, long offset, long count) throws IOException {
      long position = offset;
      long left = count;
      while (left > 0) {
        byte[] chunk = chunks.get(Math.toIntExact(position / CHUNK));
        int from = (int) (position % CHUNK);
        int here = (int) Math.min(left, chunk.length - from);
        out.write(chunk, from, here);
        position += here;
        left -= here;
      }
    }
  }
}
