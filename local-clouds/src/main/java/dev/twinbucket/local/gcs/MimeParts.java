package dev.twinbucket.local.gcs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a {@code multipart/related} upload or a {@code multipart/mixed} batch (RFC 2046).
 */
final class MimeParts {

  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]+)\"|'([^']+)'|([^;,\\s]+))", Pattern.CASE_INSENSITIVE);

  private MimeParts() {}

  /**
   * One part.
   *
   * @param headers under lower-cased names
   */
  record Part(Map<String, String> headers, Content body) {
    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  static String boundaryOf(String contentType) {
    Matcher match = BOUNDARY.matcher(contentType);
    if (!match.find()) {
      throw GcsError.invalid("Multipart body without a boundary");
    }
    for (int group = 1; group <= 3; group++) {
      if (match.group(group) != null) {
        return match.group(group);
      }
    }
    throw GcsError.invalid("Multipart body without a boundary");
  }

  static List<Part> parse(byte[] body, String boundary) {
    byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    List<Part> parts = new ArrayList<>();
    int at = nextDelimiter(body, 0, delimiter);
    while (at >= 0) {
      int afterDelimiter = at + delimiter.length;
      if (startsWith(body, afterDelimiter, "--")) {
        return parts;
      }
      int start = lineEnd(body, afterDelimiter);
      int next = nextDelimiter(body, start, delimiter);
      if (next < 0) {
        break;
      }
      parts.add(part(body, start, trimLineBreak(body, start, next)));
      at = next;
    }
    throw GcsError.invalid("Malformed multipart body.");
  }

  private static Part part(byte[] body, int start, int end) {
    Map<String, String> headers = new LinkedHashMap<>();
    int at = start;
    while (at < end) {
      int lineEnd = Math.min(lineEnd(body, at), end);
      String line = new String(body, at, lineEnd - at, StandardCharsets.UTF_8).strip();
      at = lineEnd;
      if (line.isEmpty()) {
        break;
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    return new Part(headers, Content.of(Arrays.copyOfRange(body, at, end)));
  }

  /** A delimiter counts only at the start of a line. */
  private static int nextDelimiter(byte[] body, int from, byte[] delimiter) {
    for (int i = from; i <= body.length - delimiter.length; i++) {
      if (body[i] == '-'
          && (i == 0 || body[i - 1] == '\n')
          && Arrays.equals(body, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
        return i;
      }
    }
    return -1;
  }

  private static int lineEnd(byte[] body, int from) {
    for (int i = from; i < body.length; i++) {
      if (body[i] == '\n') {
        return i + 1;
      }
    }
    return body.length;
  }

  private static int trimLineBreak(byte[] body, int start, int end) {
    int trimmed = end;
    if (trimmed > start && body[trimmed - 1] == '\n') {
      trimmed--;
      if (trimmed > start && body[trimmed - 1] == '\r') {
        trimmed--;
      }
    }
    return trimmed;
  }

  private static boolean startsWith(byte[] body, int at, String text) {
    byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
    return at + expected.length <= body.length
        && Arrays.equals(body, at, at + expected.length, expected, 0, expected.length);
  }
}
