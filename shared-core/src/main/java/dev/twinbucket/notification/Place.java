package dev.twinbucket.notification;

import java.nio.charset.StandardCharsets;

/**
 * The one thing that a notification must say: which object of which bucket.
 *
 * @param bucket never empty
 * @param key 1 to 1,024 bytes of UTF-8, which is as long as either cloud allows
 */
record Place(String bucket, String key) {
  private static final int LONGEST_BUCKET = 255;
  private static final int LONGEST_KEY = 1024;

  Place {
    require("a bucket", bucket, LONGEST_BUCKET);
    require("a key", key, LONGEST_KEY);
  }

  private static void require(String what, String text, int longest) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > longest) {
      throw new UnreadableException(what + " of 1 to " + longest + " bytes", bytes + " bytes");
    }
  }
}
