package dev.twinbucket.local.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** The checksum algorithms of the S3 API with all their spellings. */
enum ChecksumAlgorithm {
  CRC32("CRC32", true),
  CRC32C("CRC32C", true),
  CRC64NVME("CRC64NVME", true),
  SHA1("SHA1", false),
  SHA256("SHA256", false);

  private final String apiName;
  private final boolean fullObject;

  ChecksumAlgorithm(String apiName, boolean fullObject) {
    this.apiName = apiName;
    this.fullObject = fullObject;
  }

  /** The name in {@code x-amz-checksum-algorithm}. */
  String apiName() {
    return apiName;
  }

  /** The header that carries a value, in lower case. */
  String header() {
    return "x-amz-checksum-" + apiName.toLowerCase(Locale.ROOT);
  }

  /** The XML element that carries a value. */
  String element() {
    return "Checksum" + apiName;
  }

  /** Whether a multipart object can have it over the whole object. */
  boolean supportsFullObject() {
    return fullObject;
  }

  static Optional<ChecksumAlgorithm> byApiName(String name) {
    return Arrays.stream(values()).filter(a -> a.apiName.equalsIgnoreCase(name)).findFirst();
  }

  static Optional<ChecksumAlgorithm> byHeader(String header) {
    return Arrays.stream(values()).filter(a -> a.header().equalsIgnoreCase(header)).findFirst();
  }

  /** A fresh computation. */
  Running start() {
    return switch (this) {
      case CRC32 -> new ZipChecksum(new CRC32(), 4);
      case CRC32C -> new ZipChecksum(new CRC32C(), 4);
      case CRC64NVME -> new ZipChecksum(new Crc64Nvme(), 8);
      case SHA1 -> new Digest(digest("SHA-1"));
      case SHA256 -> new Digest(digest("SHA-256"));
    };
  }

  static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has " + name, e);
    }
  }

  /** A checksum in the making. */
  sealed interface Running {
    void update(byte[] bytes, int offset, int length);

    byte[] value();
  }

  private record ZipChecksum(java.util.zip.Checksum checksum, int width) implements Running {
    @Override
    public void update(byte[] bytes, int offset, int length) {
      checksum.update(bytes, offset, length);
    }

    @Override
    public byte[] value() {
      byte[] value = new byte[width];
      long bits = checksum.getValue();
      for (int i = width - 1; i >= 0; i--) {
        value[i] = (byte) bits;
        bits >>>= 8;
      }
      return value;
    }
  }

  private record Digest(MessageDigest digest) implements Running {
    @Override
    public void update(byte[] bytes, int offset, int length) {
      digest.update(bytes, offset, length);
    }

    @Override
    public byte[] value() {
      return digest.digest();
    }
  }
}
