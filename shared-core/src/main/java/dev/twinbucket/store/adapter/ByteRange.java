package dev.twinbucket.store.adapter;

import dev.twinbucket.store.ReadRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The range that an answer really holds.
 *
 * @param first the first byte's position
 * @param length how many bytes
 * @param total bytes of the whole object
 */
public record ByteRange(long first, long length, long total) {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  /** The {@code Range} header to be sent; empty if the whole object is wanted. */
  public static Optional<String> header(ReadRequest request) {
    if (request.offset() == 0 && request.length() == ReadRequest.TO_THE_END) {
      return Optional.empty();
    }
    return Optional.of(
        "bytes="
            + request.offset()
            + "-"
            + (request.length() == ReadRequest.TO_THE_END
                ? ""
                : Long.toString(Math.addExact(request.offset(), request.length() - 1))));
  }

  /**
   * Reads an answer's headers.
   *
   * @param contentRange the {@code Content-Range} header, or empty
   * @param contentLength the body's length
   * @return empty if the answer is not what was asked for: a whole object in place of a range, or
   *     another range
   */
  public static Optional<ByteRange> answered(
      ReadRequest request, String contentRange, long contentLength) {
    if (header(request).isEmpty()) {
      return contentRange.isEmpty()
          ? Optional.of(new ByteRange(0, contentLength, contentLength))
          : Optional.empty();
    }
    Matcher range = CONTENT_RANGE.matcher(contentRange);
    if (!range.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(range.group(1));
    long last = Long.parseLong(range.group(2));
    long total = Long.parseLong(range.group(3));
    long available = total - request.offset();
    long wanted =
        request.length() == ReadRequest.TO_THE_END
            ? available
            : Math.min(request.length(), available);
    return first == request.offset() && last - first + 1 == wanted && contentLength == wanted
        ? Optional.of(new ByteRange(first, wanted, total))
        : Optional.empty();
  }
}
