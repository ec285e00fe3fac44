package dev.twinbucket.rule;

import java.util.regex.Pattern;

/**
 * A glob over whole names: {@code ?} is one character but {@code /}, {@code *} any number of
 * characters but {@code /}, {@code **} any number of any characters, a backslash takes the next
 * character as it is; everything else is itself.
 *
 * @param glob as written
 * @param compiled the same as a regular expression without backtracking traps: only possessive-free
 *     classes and stars
 */
public record KeyPattern(String glob, Pattern compiled) {
  /**
   * Reads a glob.
   *
   * @throws IllegalArgumentException if the glob is empty or ends in a lone backslash
   */
  public static KeyPattern of(String glob) {
    if (glob.isEmpty()) {
      throw new IllegalArgumentException("a pattern is never empty; ** is every name");
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); ) {
      int c = glob.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '*' -> {
          if (i < glob.length() && glob.charAt(i) == '*') {
            i++;
            regex.append(".*");
          } else {
            regex.append("[^/]*");
          }
        }
        case '?' -> regex.append("[^/]");
        case '\\' -> {
          if (i == glob.length()) {
            throw new IllegalArgumentException("a pattern ends in a lone backslash: " + glob);
          }
          int literal = glob.codePointAt(i);
          i += Character.charCount(literal);
          regex.append(Pattern.quote(Character.toString(literal)));
        }
        default -> regex.append(Pattern.quote(Character.toString(c)));
      }
    }
    return new KeyPattern(glob, Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  boolean matches(String name) {
    return compiled.matcher(name).matches();
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
}
