package dev.twinbucket.local.gcs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The immutable bytes of an object or a part, in the segments in which they arrived. Concatenation
 * shares the segments, so that compose and multipart uploads copy nothing and objects may grow
 * beyond the length of one array.
 */
final class Content {

  private final List<byte[]> segments;
  private final long size;
  private final String crc32c;

  private Content(List<byte[]> segments) {
    this.segments = segments;
    CRC32C crc = new CRC32C();
    long total = 0;
    for (byte[] segment : segments) {
      crc.update(segment, 0, segment.length);
      total += segment.length;
    }
    this.size = total;
    this.crc32c = encode((int) crc.getValue());
  }

  /** Takes ownership of {@code bytes}: the caller must not change them any more. */
  static Content of(byte[] bytes) {
    return new Content(List.of(bytes));
  }

  static Content concatenation(List<Content> parts) {
    return new Content(parts.stream().flatMap(part -> part.segments.stream()).toList());
  }

  long size() {
    return size;
  }

  /** Base64 of the big-endian CRC32C, as the APIs write it. */
  String crc32c() {
    return crc32c;
  }

  /** Base64 of the MD5. Computed anew at each call. */
  String md5() {
    return Base64.getEncoder().encodeToString(md5Bytes());
  }

  byte[] md5Bytes() {
    MessageDigest digest = newMd5();
    segments.forEach(digest::update);
    return digest.digest();
  }

  private static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  InputStream open() {
    return new SequenceInputStream(
        Collections.enumeration(
            segments.stream().<InputStream>map(ByteArrayInputStream::new).toList()));
  }

  /** Writes {@code length} bytes from {@code offset} on; the range must lie inside the content. */
  void writeTo(OutputStream out, long offset, long length) throws IOException {
    long skip = offset;
    long left = length;
    for (byte[] segment : segments) {
      if (left == 0) {
        return;
      }
      if (skip >= segment.length) {
        skip -= segment.length;
        continue;
      }
      int count = (int) Math.min(segment.length - skip, left);
      out.write(segment, (int) skip, count);
      left -= count;
      skip = 0;
    }
  }

  /** All bytes in one array; for contents known to be small. */
  byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream((int) Math.min(size, Integer.MAX_VALUE));
    segments.forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static String encode(int crc) {
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt(crc).array());
  }
}
