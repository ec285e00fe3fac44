package dev.twinbucket.object;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A short fingerprint of a sequence of texts: the first 96 bits of a SHA-256 over each text
 * preceded by its length in bytes, so that no two sequences run together. A lone surrogate counts
 * as itself, not as a question mark.
 */
public final class Fingerprint {
  private static final int BYTES = 12;
  private final MessageDigest sha;

  /** An empty sequence. */
  public Fingerprint() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Takes the next text. */
  public Fingerprint add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_16BE);
    sha.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    sha.update(bytes);
    return this;
  }

  /** Ends the computation: 16 characters of URL-safe base64. */
  @Override
  public String toString() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(sha.digest(), BYTES));
  }
}
