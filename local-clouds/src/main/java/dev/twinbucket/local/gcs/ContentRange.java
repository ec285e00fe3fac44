package dev.twinbucket.local.gcs;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code Content-Range} of a chunk of a resumable upload.
 *
 * @param first empty for a question without bytes
 * @param last inclusive; empty for a question
 * @param total empty while it is not known
 */
record ContentRange(OptionalLong first, OptionalLong last, OptionalLong total) {

  /** What a request without the header means: all the bytes at once. */
  static final ContentRange WHOLE_OBJECT =
      new ContentRange(OptionalLong.of(0), OptionalLong.empty(), OptionalLong.empty());

  private static final Pattern FORM =
      Pattern.compile("bytes\\s+(?:(\\d{1,18})-(\\d{1,18})|\\*)/(\\d{1,18}|\\*)");

  static ContentRange parse(String header) {
    Matcher match = FORM.matcher(header.strip());
    if (!match.matches()) {
      throw GcsError.invalid("Failed to parse Content-Range header.");
    }
    ContentRange range =
        new ContentRange(number(match.group(1)), number(match.group(2)), number(match.group(3)));
    if (range.first().isPresent()
        && (range.last().getAsLong() < range.first().getAsLong()
            || (range.total().isPresent()
                && range.last().getAsLong() >= range.total().getAsLong()))) {
      throw GcsError.invalid("Failed to parse Content-Range header.");
    }
    return range;
  }

  private static OptionalLong number(String text) {
    return text == null || text.equals("*")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(text));
  }
}
