package dev.twinbucket.state;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.ObjectLocation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where rows are kept: {@code prefix + 2 hex digits + "/" + 62 hex digits}, the SHA-256 of the
 * row's key. Any key makes a name that every store can hold and every tool can show, and rows
 * spread evenly over the stores' partitions.
 *
 * @param bucket the bucket
 * @param prefix what the names of all rows begin with; ends in a slash
 */
record RowPlace(BucketLocation bucket, String prefix) {
  private static final int FAN_OUT = 2;

  RowPlace {
    if (!prefix.endsWith("/")) {
      throw new IllegalArgumentException(
          "rows need a prefix of their own, which ends in a slash; found: \"" + prefix + "\"");
    }
  }

  ObjectLocation of(String key) {
    String hash = HexFormat.of().formatHex(sha256().digest(key.getBytes(StandardCharsets.UTF_8)));
    return bucket.object(prefix + hash.substring(0, FAN_OUT) + "/" + hash.substring(FAN_OUT));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
