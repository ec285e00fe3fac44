package dev.twinbucket.local.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Percent-encoding of RFC 3986 over UTF-8, done in one pass.
 *
 * <p>{@code java.net.URI} and {@code URLDecoder} are not used: the one normalises and refuses some
 * targets, the other turns a plus sign in a path into a space.
 */
public final class PercentCoding {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentCoding() {}

  /**
   * Decodes a path. A plus sign stays a plus sign.
   *
   * @throws IllegalArgumentException if an escape is malformed or the bytes are not UTF-8
   */
  public static String decodePath(String raw) {
    return decode(raw, false);
  }

  /**
   * Decodes a name or value of a query. A plus sign is a space.
   *
   * @throws IllegalArgumentException if an escape is malformed or the bytes are not UTF-8
   */
  public static String decodeQuery(String raw) {
    return decode(raw, true);
  }

  /** Encodes everything except the unreserved characters of RFC 3986 and those given to keep. */
  public static String encode(String text, String keep) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (isUnreserved(c) || (c < 0x80 && keep.indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append(HEX.toHexDigits(b));
      }
    }
    return out.toString();
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.'
        || c == '~';
  }

  private static String decode(String raw, boolean plusIsSpace) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    int i = 0;
    while (i < raw.length()) {
      char c = raw.charAt(i);
      if (c == '%') {
        if (i + 3 > raw.length()) {
          throw new IllegalArgumentException("Cut-off percent escape at index " + i);
        }
        bytes.write(HexFormat.fromHexDigits(raw, i + 1, i + 3));
        i += 3;
      } else if (c > 0xFF) {
        throw new IllegalArgumentException("Not a byte at index " + i);
      } else {
        // The server reads the request head as ISO 8859-1, so a raw byte above 0x7F arrives as is.
        bytes.write(c == '+' && plusIsSpace ? ' ' : c);
        i++;
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("Not UTF-8 after percent-decoding", e);
    }
  }
}
