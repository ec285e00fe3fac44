package dev.twinbucket.notification;

import dev.twinbucket.object.Escaping;

/**
 * Leaves the reader of one record for the boundary that turns it into {@link Reading.Unreadable};
 * never leaves the package.
 */
final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int EXCERPT = 80;

  private final String expected;
  private final String found;

  UnreadableException(String expected, String found) {
    super(expected, null, false, false);
    this.expected = expected;
    this.found = found;
  }

  Reading.Unreadable reading() {
    return new Reading.Unreadable(expected, found);
  }

  /** A stranger's text, escaped and short. */
  static String excerpt(String text) {
    int end = Math.min(text.length(), EXCERPT);
    return '"' + Escaping.forLog(text.substring(0, end)) + (end < text.length() ? "...\"" : "\"");
  }
}
