package dev.twinbucket.object;

/** Makes names that strangers chose safe to show in a log line or an error. */
public final class Escaping {
  private static final int LONGEST = 2048;

  private Escaping() {}

  /**
   * The text with every control, format, unassigned and surrogate character, every separator but
   * the plain space, and the backslash itself written as the escape of its UTF-16 unit, so that two
   * different names never look alike and none can forge a line. Cut after 2,048 characters, which
   * the result then says.
   */
  public static String forLog(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), LONGEST) + 16);
    for (int i = 0; i < text.length(); ) {
      if (out.length() > LONGEST) {
        return out.append("...(").append(text.length()).append(" characters)").toString();
      }
      int c = text.codePointAt(i);
      int width = Character.charCount(c);
      if (isPlain(c)) {
        out.appendCodePoint(c);
      } else {
        for (int j = i; j < i + width; j++) {
          out.append(String.format("\\u%04x", (int) text.charAt(j)));
        }
      }
      i += width;
    }
    return out.toString();
  }

  private static boolean isPlain(int c) {
    if (c == '\\') {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
