package dev.twinbucket.local.sqs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The value of a message attribute.
 *
 * @param dataType String, Number or Binary, with an optional custom label behind a dot
 * @param value the text, or the binary value in base64
 */
record AttributeValue(String dataType, String value) {
  boolean isBinary() {
    return dataType.startsWith("Binary");
  }

  /** What counts for the size and the digest. */
  byte[] bytes() {
    return isBinary() ? Base64.getDecoder().decode(value) : value.getBytes(StandardCharsets.UTF_8);
  }

  /** The MD5 that clients verify, as "Amazon SQS message metadata" in the guide describes it. */
  static String md5(Map<String, AttributeValue> attributes) {
    SortedMap<String, AttributeValue> sorted = new TreeMap<>(attributes);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sorted.forEach(
        (name, value) -> {
          writeSized(out, name.getBytes(StandardCharsets.UTF_8));
          writeSized(out, value.dataType().getBytes(StandardCharsets.UTF_8));
          out.write(value.isBinary() ? 2 : 1);
          writeSized(out, value.bytes());
        });
    return md5(out.toByteArray());
  }

  static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has MD5", e);
    }
  }

  private static void writeSized(ByteArrayOutputStream out, byte[] bytes) {
    out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
    out.writeBytes(bytes);
  }
}
