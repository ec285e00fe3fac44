package dev.twinbucket.local.s3;

import java.util.Arrays;

/** Entity tags: kept without quotes, sent with quotes, accepted either way. */
final class Etags {
  private Etags() {}

  static String unquoted(String etag) {
    return etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"")
        ? etag.substring(1, etag.length() - 1)
        : etag;
  }

  static String quoted(String etag) {
    return '"' + etag + '"';
  }

  /** Whether a header with one or several entity tags, or an asterisk, names this one. */
  static boolean matches(String header, String etag) {
    return header.strip().equals("*")
        || Arrays.stream(header.split(",")).map(e -> unquoted(e.strip())).anyMatch(etag::equals);
  }
}
