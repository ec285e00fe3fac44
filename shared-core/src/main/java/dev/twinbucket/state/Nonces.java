package dev.twinbucket.state;

import java.util.Base64;
import java.util.random.RandomGenerator;

/** Names for writes, which no other write has. */
public final class Nonces {
  private static final int BYTES = 16;
  private final RandomGenerator random;

  /**
   * Names drawn from that generator.
   *
   * @param random must differ between processes, and between the copies of one process that was
   *     frozen and thawed several times (Lambda SnapStart), as {@link java.security.SecureRandom}
   *     does
   */
  public Nonces(RandomGenerator random) {
    this.random = random;
  }

  /** The next one: 128 bits in 22 characters of URL-safe base64. */
  public String next() {
    byte[] bits = new byte[BYTES];
    random.nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }
}
