package dev.twinbucket.notification;

import dev.twinbucket.event.ObjectEvent;

/** What one part of a notification turned out to be. */
public sealed interface Reading {
  /** A hint to look at an object. */
  record Hint(ObjectEvent event) implements Reading {}

  /**
   * A well-formed notification that calls for nothing.
   *
   * @param reason what it is, safe to log
   */
  record Ignored(String reason) implements Reading {}

  /**
   * Nothing that we know how to read. It will never become readable: it is quarantined, not
   * retried.
   *
   * @param expected what would have been right
   * @param found what was there: at most a short, escaped excerpt, safe to log
   */
  record Unreadable(String expected, String found) implements Reading {
    @Override
    public String toString() {
      return "expected " + expected + ", found " + found;
    }
  }
}
