package dev.twinbucket.local.s3;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** Times in HTTP headers, which have whole seconds. */
final class S3Times {
  private static final DateTimeFormatter HTTP =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private S3Times() {}

  static String http(Instant time) {
    return HTTP.format(time);
  }

  /** A time from a header; HTTP says to ignore one that cannot be read. */
  static Optional<Instant> parse(String header) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
