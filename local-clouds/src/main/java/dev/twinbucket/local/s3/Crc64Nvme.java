package dev.twinbucket.local.s3;

import java.util.zip.Checksum;

/**
 * CRC-64/NVME: the reflected polynomial 0x9A6C9329AC4BC9B5 with all ones at both ends, as the NVM
 * Express specification has it. The check value of {@code 123456789} is AE8B14860A799888.
 */
final class Crc64Nvme implements Checksum {
  private static final long[] TABLE = new long[256];

  static {
    for (int n = 0; n < 256; n++) {
      long crc = n;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0x9A6C9329AC4BC9B5L;
      }
      TABLE[n] = crc;
    }
  }

  private long state = -1L;

  @Override
  public void update(int b) {
    state = TABLE[(int) (state ^ b) & 0xFF] ^ (state >>> 8);
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    long crc = state;
    for (int i = offset; i < offset + length; i++) {
      crc = TABLE[(int) (crc ^ bytes[i]) & 0xFF] ^ (crc >>> 8);
    }
    state = crc;
  }

  @Override
  public long getValue() {
    return ~state;
  }

  @Override
  public void reset() {
    state = -1L;
  }
}
