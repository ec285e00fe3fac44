package dev.twinbucket.object;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * A CRC-32C (Castagnoli) of some bytes, the one checksum that S3 and GCS share.
 *
 * @param value the checksum's 32 bits
 */
public record Crc32c(int value) {
  /** The checksum of no bytes at all. */
  public static final Crc32c EMPTY = new Crc32c(0);

  private static final int POLYNOMIAL = 0x82F63B78; // bits reversed, as the register is
  private static final int BITS = 32;

  /** The checksum of the buffer's remaining bytes; the buffer's position stays. */
  public static Crc32c of(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return of(crc);
  }

  /** The checksum of what the running computation has seen. */
  public static Crc32c of(CRC32C running) {
    return new Crc32c((int) running.getValue());
  }

  /**
   * Reads the clouds' spelling: base64 of the four bytes, most significant first.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static Crc32c parse(String base64) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    if (bytes.length != Integer.BYTES) {
      throw new IllegalArgumentException("not a CRC32C: " + Escaping.forLog(base64));
    }
    return new Crc32c(ByteBuffer.wrap(bytes).getInt());
  }

  /** The clouds' spelling, as in {@code x-amz-checksum-crc32c} and in {@code x-goog-hash}. */
  public String base64() {
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  /**
   * The checksum of these bytes followed by others, without reading either again: appending n zero
   * bytes is a linear map over GF(2), raised to the n-th power by repeated squaring.
   *
   * @param next the others' checksum
   * @param nextLength how many bytes the others are, zero or more
   */
  public Crc32c append(Crc32c next, long nextLength) {
    if (nextLength < 0) {
      throw new IllegalArgumentException("a length is never negative: " + nextLength);
    }
    int[] zeros = oneZeroByte();
    int crc = value;
    for (long left = nextLength; left > 0; left >>>= 1) {
      if ((left & 1) == 1) {
        crc = times(zeros, crc);
      }
      zeros = square(zeros);
    }
    return new Crc32c(crc ^ next.value);
  }

  private static int[] oneZeroByte() {
    int[] bit = new int[BITS];
    bit[0] = POLYNOMIAL;
    for (int i = 1; i < BITS; i++) {
      bit[i] = 1 << (i - 1);
    }
    return square(square(square(bit)));
  }

  private static int[] square(int[] matrix) {
    int[] squared = new int[BITS];
    for (int i = 0; i < BITS; i++) {
      squared[i] = times(matrix, matrix[i]);
    }
    return squared;
  }

  private static int times(int[] matrix, int vector) {
    int sum = 0;
    for (int i = 0, v = vector; v != 0; i++, v >>>= 1) {
      if ((v & 1) == 1) {
        sum ^= matrix[i];
      }
    }
    return sum;
  }

  @Override
  public String toString() {
    return base64();
  }
}
