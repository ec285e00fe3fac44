package dev.twinbucket.json;

/**
 * A text is not JSON, or exceeds its limits. The message is safe to log: it holds an escaped
 * excerpt of at most some dozen characters and never more of the text.
 */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int line;
  private final int column;
  private final String expected;
  private final String found;

  JsonException(int line, int column, String expected, String found) {
    super("line " + line + ", column " + column + ": expected " + expected + ", found " + found);
    this.line = line;
    this.column = column;
    this.expected = expected;
    this.found = found;
  }

  /** The line of the fault, from 1; 0 if it concerns the whole text. */
  public int line() {
    return line;
  }

  /** The column of the fault in UTF-16 units, from 1; 0 if it concerns the whole text. */
  public int column() {
    return column;
  }

  /** What would have been right. */
  public String expected() {
    return expected;
  }

  /** What was there. */
  public String found() {
    return found;
  }
}
