package dev.twinbucket.local.s3;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Takes the aws-chunked coding off a body: {@code size-in-hex[;chunk-signature=…]}, the bytes, and
 * after the chunk of size zero the trailing headers. (Signature Version 4, "Chunked Upload" and
 * "Trailing checksums" in the S3 API reference.)
 */
final class AwsChunkedInputStream extends InputStream {
  private static final int LONGEST_LINE = 8192;

  private final InputStream in;
  private final Map<String, String> trailers = new LinkedHashMap<>();
  private long left;
  private boolean first = true;
  private boolean ended;

  AwsChunkedInputStream(InputStream in) {
    this.in = new BufferedInputStream(in, 64 * 1024);
  }

  /** The trailing headers under lower-cased names, complete once the stream has ended. */
  Map<String, String> trailers() {
    return trailers;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] b, int off, int len) throws IOException {
    if (len == 0) {
      return 0;
    }
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int n = in.read(b, off, (int) Math.min(len, left));
    if (n < 0) {
      throw ErrorCode.INCOMPLETE_BODY.failure();
    }
    left -= n;
    return n;
  }

  private void nextChunk() throws IOException {
    if (!first && !readLine().isEmpty()) {
      throw ErrorCode.INVALID_REQUEST.failure("A chunk is longer than its size says");
    }
    first = false;
    String line = readLine();
    int semicolon = line.indexOf(';');
    try {
      left = Long.parseLong(semicolon < 0 ? line : line.substring(0, semicolon), 16);
    } catch (NumberFormatException e) {
      throw ErrorCode.INVALID_REQUEST.failure("A chunk has no size");
    }
    if (left < 0) {
      throw ErrorCode.INVALID_REQUEST.failure("A chunk has a negative size");
    }
    if (left == 0) {
      ended = true;
      readTrailers();
    }
  }

  private void readTrailers() throws IOException {
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw ErrorCode.MALFORMED_TRAILER.failure();
      }
      trailers.put(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < LONGEST_LINE) {
      int c = in.read();
      if (c < 0) {
        if (ended) {
          return line.toString();
        }
        throw ErrorCode.INCOMPLETE_BODY.failure();
      }
      if (c == '\n') {
        return line.toString();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    throw ErrorCode.INVALID_REQUEST.failure("A chunk header is too long");
  }
}
