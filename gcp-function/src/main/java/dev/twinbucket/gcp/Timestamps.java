package dev.twinbucket.gcp;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Times in RFC 3339, which say nothing more than since when a message waits. */
final class Timestamps {
  private Timestamps() {}

  /** The instant, or empty if it is none. */
  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException informativeOnly) {
      return Optional.empty();
    }
  }
}
