package dev.twinbucket.state;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** What every store of rows refuses alike, so that none of them is a surprise to the others. */
public final class RowLimits {
  private RowLimits() {}

  /**
   * Checks a key.
   *
   * @throws IllegalArgumentException if no store could keep a row under it
   */
  public static void checkKey(String key) {
    int bytes = utf8Length("key", key);
    if (bytes == 0 || bytes > StateStore.LONGEST_KEY) {
      throw new IllegalArgumentException(
          "a row's key has 1 to " + StateStore.LONGEST_KEY + " bytes, not " + bytes);
    }
  }

  /**
   * Checks a value.
   *
   * @throws IllegalArgumentException if no store could keep it
   */
  public static void checkValue(String value) {
    int bytes = utf8Length("value", value);
    if (bytes > StateStore.LONGEST_VALUE) {
      throw new IllegalArgumentException(
          "a row's value has at most " + StateStore.LONGEST_VALUE + " bytes, not " + bytes);
    }
  }

  /** Seconds since the epoch, rounded up, at which a row expires. */
  public static Optional<Long> expirySecond(Optional<Instant> expiresAt) {
    return expiresAt.map(at -> at.getNano() == 0 ? at.getEpochSecond() : at.getEpochSecond() + 1);
  }

  /** Whether a row that expires at that second, if ever, is still there. */
  public static boolean isAlive(Optional<Long> expirySecond, Instant now) {
    return expirySecond.isEmpty() || now.getEpochSecond() < expirySecond.get();
  }

  private static int utf8Length(String what, String text) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)).remaining();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "a row's " + what + " holds half of a surrogate pair, which has no UTF-8 form", e);
    }
  }
}
