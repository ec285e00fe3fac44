package dev.twinbucket.json;

import dev.twinbucket.object.Escaping;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number as it was written, neither rounded nor expanded. Two numbers are equal when they are
 * written alike.
 *
 * @param text the number in JSON's spelling
 */
public record JsonNumber(String text) implements JsonValue {
  private static final Pattern GRAMMAR =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

  public JsonNumber {
    if (!GRAMMAR.matcher(text).matches()) {
      throw new IllegalArgumentException("not a number: " + Escaping.forLog(text));
    }
  }

  /** A whole number. */
  public static JsonNumber of(long value) {
    return new JsonNumber(Long.toString(value));
  }

  /**
   * A number that is finite.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static JsonNumber of(double value) {
    return new JsonNumber(Double.toString(value));
  }

  /** The value, if it is a whole number (however it is spelt) that fits. */
  public Optional<Long> toLong() {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException notPlain) {
      try {
        return Optional.of(new BigDecimal(text).longValueExact());
      } catch (ArithmeticException | NumberFormatException notWholeOrTooLarge) {
        return Optional.empty();
      }
    }
  }

  /** The nearest double, an infinity if it is too large. */
  public double toDouble() {
    return Double.parseDouble(text);
  }

  @Override
  public String kind() {
    return "a number";
  }
}
