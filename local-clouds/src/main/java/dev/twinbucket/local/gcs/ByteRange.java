package dev.twinbucket.local.gcs;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A satisfiable range of bytes inside an object. */
record ByteRange(long offset, long length) {

  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * Reads a {@code Range} header. One that is not understood is ignored, as RFC 9110 asks; one that
   * lies beyond the object is refused with 416.
   */
  static Optional<ByteRange> parse(String header, long size) {
    Matcher match = SINGLE.matcher(header.strip());
    if (!match.matches() || (match.group(1).isEmpty() && match.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (match.group(1).isEmpty()) {
      long length = Math.min(Long.parseLong(match.group(2)), size);
      return satisfiable(size - length, size, size);
    }
    long first = Long.parseLong(match.group(1));
    long end = match.group(2).isEmpty() ? size : Long.parseLong(match.group(2)) + 1;
    return end <= first && !match.group(2).isEmpty()
        ? Optional.empty()
        : satisfiable(first, Math.min(end, size), size);
  }

  private static Optional<ByteRange> satisfiable(long first, long end, long size) {
    if (first >= size || end <= first) {
      throw GcsError.rangeNotSatisfiable();
    }
    return Optional.of(new ByteRange(first, end - first));
  }
}
