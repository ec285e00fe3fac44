package dev.twinbucket.local.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Immutable bytes of an object or part. Safe for use by several threads. */
interface Content {
  /** The number of bytes. */
  long length();

  /** Writes {@code count} bytes from {@code offset} on. */
  void write(OutputStream out, long offset, long count) throws IOException;

  /** A view on some of the bytes; nothing is copied. */
  default Content slice(long offset, long count) {
    Content whole = this;
    return new Content() {
      @Override
      public long length() {
        return count;
      }

      @Override
      public void write(OutputStream out, long from, long wanted) throws IOException {
        whole.write(out, offset + from, wanted);
      }
    };
  }

  /** The bytes of several contents one after the other; nothing is copied. */
  static Content concatenation(List<Content> pieces) {
    List<Content> copy = List.copyOf(pieces);
    long total = copy.stream().mapToLong(Content::length).sum();
    return new Content() {
      @Override
      public long length() {
        return total;
      }

      @Override
      public void write(OutputStream out, long offset, long count) throws IOException {
        long skip = offset;
        long left = count;
        for (Content piece : copy) {
          if (skip >= piece.length()) {
            skip -= piece.length();
          } else if (left > 0) {
            long here = Math.min(left, piece.length() - skip);
            piece.write(out, skip, here);
            skip = 0;
            left -= here;
          }
        }
      }
    };
  }
}
