package dev.twinbucket.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads and writes JSON. Reading is strict RFC 8259: one value and nothing after it, no name twice
 * in an object, well-formed UTF-8, no half of a surrogate pair; a byte order mark is passed over.
 */
public final class Json {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Json() {}

  /**
   * Reads one value.
   *
   * @param utf8 the whole text
   * @throws JsonException if it is not JSON or exceeds the limits; nothing else is thrown
   */
  public static JsonValue parse(byte[] utf8, Limits limits) {
    requireSize(utf8.length, limits);
    CharBuffer text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
    } catch (CharacterCodingException e) {
      throw new JsonException(0, 0, "UTF-8", "bytes that are not");
    }
    return parse(text.array(), text.remaining(), limits);
  }

  /**
   * Reads one value.
   *
   * @param text the whole text
   * @throws JsonException if it is not JSON or exceeds the limits; nothing else is thrown
   */
  public static JsonValue parse(String text, Limits limits) {
    requireSize(text.length(), limits);
    requireSize(utf8Length(text), limits);
    return parse(text.toCharArray(), text.length(), limits);
  }

  /**
   * Writes a value without any white space, in ASCII: every other character becomes an escape, so
   * that the text passes unharmed through whatever carries it, lone surrogates included.
   */
  public static String write(JsonValue value) {
    return JsonWriter.write(value);
  }

  /** {@link #write} as bytes. */
  public static byte[] writeBytes(JsonValue value) {
    return write(value).getBytes(StandardCharsets.US_ASCII);
  }

  private static JsonValue parse(char[] text, int length, Limits limits) {
    int start = length > 0 && text[0] == BYTE_ORDER_MARK ? 1 : 0;
    return JsonReader.read(text, start, length - start, limits);
  }

  private static void requireSize(long bytes, Limits limits) {
    if (bytes > limits.bytes()) {
      throw new JsonException(0, 0, "at most " + limits.bytes() + " bytes", bytes + " or more");
    }
  }

  private static long utf8Length(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes++;
      } else if (c < 0x800 || Character.isSurrogate(c)) {
        bytes += 2;
      } else {
        bytes += 3;
      }
    }
    return bytes;
  }
}
