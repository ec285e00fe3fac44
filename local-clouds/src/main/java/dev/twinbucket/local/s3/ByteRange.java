package dev.twinbucket.local.s3;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of bytes within an object.
 *
 * @param first the first byte
 * @param last the last byte, included
 */
record ByteRange(long first, long last) {
  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  long length() {
    return last - first + 1;
  }

  /**
   * Reads a Range header. What is not one well-formed range is ignored, as S3 does; one that lies
   * outside of the object is refused.
   */
  static Optional<ByteRange> parse(String header, long size) {
    Matcher matcher = SINGLE.matcher(header.strip());
    if (!matcher.matches() || header.strip().equals("bytes=-")) {
      return Optional.empty();
    }
    try {
      long first;
      long last;
      if (matcher.group(1).isEmpty()) {
        long suffix = Long.parseLong(matcher.group(2));
        if (suffix == 0) {
          throw unsatisfiable(header, size);
        }
        first = Math.max(0, size - suffix);
        last = size - 1;
      } else {
        first = Long.parseLong(matcher.group(1));
        last =
            matcher.group(2).isEmpty()
                ? size - 1
                : Math.min(size - 1, Long.parseLong(matcher.group(2)));
        if (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < first) {
          return Optional.empty();
        }
      }
      if (first >= size) {
        throw unsatisfiable(header, size);
      }
      return Optional.of(new ByteRange(first, last));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Reads an x-amz-copy-source-range, which must be exact and inside of the source. */
  static ByteRange parseExact(String header, long size) {
    Matcher matcher = SINGLE.matcher(header.strip());
    if (matcher.matches() && !matcher.group(1).isEmpty() && !matcher.group(2).isEmpty()) {
      try {
        ByteRange range =
            new ByteRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        if (range.first() <= range.last() && range.last() < size) {
          return range;
        }
        throw ErrorCode.INVALID_ARGUMENT.failure(
            "Range specified is not valid for source object of size: " + size);
      } catch (NumberFormatException e) {
        // Refused below.
      }
    }
    throw ErrorCode.INVALID_ARGUMENT.failure(
        "The x-amz-copy-source-range value must be of the form bytes=first-last");
  }

  private static S3Failure unsatisfiable(String header, long size) {
    return ErrorCode.INVALID_RANGE
        .failure()
        .element("RangeRequested", header)
        .element("ActualObjectSize", Long.toString(size))
        .header("Content-Range", "bytes */" + size);
  }
}
