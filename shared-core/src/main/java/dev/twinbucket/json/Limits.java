package dev.twinbucket.json;

/**
 * What a text may cost before it is refused.
 *
 * @param bytes its UTF-8 bytes at most
 * @param depth how many objects and arrays may contain one another, 1 to {@value #DEEPEST}
 */
public record Limits(int bytes, int depth) {
  /** The deepest nesting that can be asked for; the parser's own stack holds that easily. */
  public static final int DEEPEST = 256;

  /** For notifications and queue messages: 1 MiB (the most that a queue carries), 64 levels. */
  public static final Limits EVENT = new Limits(1 << 20, 64);

  public Limits {
    if (bytes < 1 || depth < 1 || depth > DEEPEST) {
      throw new IllegalArgumentException("no such limits: " + bytes + " bytes, depth " + depth);
    }
  }
}
