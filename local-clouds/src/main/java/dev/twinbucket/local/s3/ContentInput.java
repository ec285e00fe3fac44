package dev.twinbucket.local.s3;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Reading of kept bytes. */
final class ContentInput {
  private static final int LARGEST_DOCUMENT = 2 * 1024 * 1024;

  private ContentInput() {}

  /** The bytes of a request document as a stream. */
  static InputStream open(Content content) throws IOException {
    if (content.length() > LARGEST_DOCUMENT) {
      throw ErrorCode.MALFORMED_XML.failure();
    }
    return new ByteArrayInputStream(bytes(content));
  }

  /** All bytes in one array. */
  static byte[] bytes(Content content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(content.length()));
    content.write(out, 0, content.length());
    return out.toByteArray();
  }

  /** Runs all bytes through a checksum. */
  static byte[] checksum(Content content, ChecksumAlgorithm algorithm) throws IOException {
    ChecksumAlgorithm.Running running = algorithm.start();
    content.write(new Sink(running::update), 0, content.length());
    return running.value();
  }

  /** The MD5 of all bytes. */
  static byte[] md5(Content content) throws IOException {
    MessageDigest digest = ChecksumAlgorithm.digest("MD5");
    content.write(new Sink(digest::update), 0, content.length());
    return digest.digest();
  }

  @FunctionalInterface
  private interface Update {
    void bytes(byte[] b, int off, int len);
  }

  private static final class Sink extends OutputStream {
    private final Update update;

    private Sink(Update update) {
      this.update = update;
    }

    @Override
    public void write(int b) {
      update.bytes(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) {
      update.bytes(b, off, len);
    }
  }
}
