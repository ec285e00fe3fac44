package dev.twinbucket.playground;

import java.util.Map;

/**
 * One object to put.
 *
 * @param side where a user puts it
 * @param key its name
 * @param bytes its content
 * @param contentType its media type
 * @param metadata its user metadata
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Sample(
    Cloud side, String key, byte[] bytes, String contentType, Map<String, String> metadata) {
  /** Where something is. */
  enum Cloud {
    S3,
    GCS;

    Cloud other() {
      return this == S3 ? GCS : S3;
    }
  }
}
