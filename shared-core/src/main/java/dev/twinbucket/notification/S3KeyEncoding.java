package dev.twinbucket.notification;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The form encoding in which S3 puts keys into notifications: UTF-8 bytes as {@code %XX}, a space
 * as {@code +}. {@link java.net.URLDecoder} is not used, because it makes question marks of bytes
 * that are not UTF-8, and so another key.
 */
final class S3KeyEncoding {
  private S3KeyEncoding() {}

  /**
   * Decodes once.
   *
   * @throws UnreadableException if an escape is malformed or the bytes are not UTF-8
   */
  static String decode(String encoded) {
    if (encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0) {
      return encoded;
    }
    byte[] raw = encoded.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
    int at = 0;
    while (at < raw.length) {
      if (raw[at] == '%') {
        bytes.write(escaped(raw, at, encoded));
        at += 3;
      } else {
        bytes.write(raw[at] == '+' ? ' ' : raw[at]);
        at++;
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed(encoded);
    }
  }

  private static int escaped(byte[] raw, int at, String encoded) {
    if (at + 2 >= raw.length
        || !HexFormat.isHexDigit(raw[at + 1])
        || !HexFormat.isHexDigit(raw[at + 2])) {
      throw malformed(encoded);
    }
    return HexFormat.fromHexDigit(raw[at + 1]) << 4 | HexFormat.fromHexDigit(raw[at + 2]);
  }

  private static UnreadableException malformed(String encoded) {
    return new UnreadableException(
        "a key in percent-encoded UTF-8", UnreadableException.excerpt(encoded));
  }
}
