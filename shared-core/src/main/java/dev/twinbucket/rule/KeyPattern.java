package dev.twinbucket.rule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A glob over whole names: {@code ?} is one character but {@code /}, {@code *} any number of
 * characters but {@code /}, {@code **} any number of any characters, a backslash takes the next
 * character as it is; everything else is itself. A character is a Unicode code point.
 *
 * <p>Matching takes time in proportion to the glob's length times the name's, whatever both are. A
 * regular expression would not do: names are chosen by strangers, and one of a thousand letters can
 * keep a backtracking matcher of four stars busy for minutes.
 */
public final class KeyPattern {
  private final String glob;
  private final List<Element> elements;

  private KeyPattern(String glob, List<Element> elements) {
    this.glob = glob;
    this.elements = List.copyOf(elements);
  }

  /**
   * Reads a glob.
   *
   * @throws IllegalArgumentException if the glob is empty or ends in a lone backslash
   */
  public static KeyPattern of(String glob) {
    if (glob.isEmpty()) {
      throw new IllegalArgumentException("a pattern is never empty; ** is every name");
    }
    List<Element> elements = new ArrayList<>();
    int at = 0;
    while (at < glob.length()) {
      int c = glob.codePointAt(at);
      at += Character.charCount(c);
      switch (c) {
        case '*' -> {
          boolean two = at < glob.length() && glob.charAt(at) == '*';
          at += two ? 1 : 0;
          elements.add(two ? new AnyText() : new AnySegmentText());
        }
        case '?' -> elements.add(new AnySegmentCharacter());
        case '\\' -> {
          if (at == glob.length()) {
            throw new IllegalArgumentException("a pattern ends in a lone backslash: " + glob);
          }
          int literal = glob.codePointAt(at);
          at += Character.charCount(literal);
          elements.add(new Literal(literal));
        }
        default -> elements.add(new Literal(c));
      }
    }
    return new KeyPattern(glob, elements);
  }

  /** The pattern as written. */
  public String glob() {
    return glob;
  }

  boolean matches(String name) {
    // Bit i: what was read so far is matched by the first i elements.
    BitSet matched = new BitSet(elements.size() + 1);
    matched.set(0);
    skipStars(matched);
    for (int at = 0; at < name.length() && !matched.isEmpty(); ) {
      int c = name.codePointAt(at);
      at += Character.charCount(c);
      matched = step(matched, c);
    }
    return matched.get(elements.size());
  }

  private BitSet step(BitSet matched, int c) {
    BitSet next = new BitSet(elements.size() + 1);
    for (int i = matched.nextSetBit(0); i >= 0; i = matched.nextSetBit(i + 1)) {
      if (i == elements.size()) {
        break;
      }
      switch (elements.get(i)) {
        case Literal(int codePoint) -> next.set(i + 1, next.get(i + 1) || codePoint == c);
        case AnySegmentCharacter() -> next.set(i + 1, next.get(i + 1) || c != '/');
        case AnySegmentText() -> next.set(i, next.get(i) || c != '/');
        case AnyText() -> next.set(i);
      }
    }
    skipStars(next);
    return next;
  }

  private void skipStars(BitSet matched) {
    for (int i = 0; i < elements.size(); i++) {
      if (matched.get(i) && elements.get(i).matchesNothing()) {
        matched.set(i + 1);
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyPattern that && glob.equals(that.glob);
  }

  @Override
  public int hashCode() {
    return glob.hashCode();
  }

  @Override
  public String toString() {
    return glob;
  }

  private sealed interface Element {
    default boolean matchesNothing() {
      return this instanceof AnyText || this instanceof AnySegmentText;
    }
  }

  private record Literal(int codePoint) implements Element {}

  private record AnySegmentCharacter() implements Element {}

  private record AnySegmentText() implements Element {}

  private record AnyText() implements Element {}
}
