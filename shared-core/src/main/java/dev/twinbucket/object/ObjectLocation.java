package dev.twinbucket.object;

/**
 * One object of one bucket. The key is opaque: it is compared, sliced at configured prefixes, and
 * otherwise passed on exactly as it came; it is never parsed as a path or a URI.
 *
 * @param bucket where it is
 * @param key its name, never empty
 */
public record ObjectLocation(BucketLocation bucket, String key) {
  public ObjectLocation {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("an object's key is never empty");
    }
  }

  /**
   * The unescaped form, for digests and requests, not for logs.
   *
   * @return {@code store://bucket/key} with every character of the key as it is
   */
  public String exact() {
    return bucket.store() + "://" + bucket.bucket() + "/" + key;
  }

  /** As {@code store://bucket/key}, with the characters escaped that could disturb a log line. */
  @Override
  public String toString() {
    return bucket + "/" + Escaping.forLog(key);
  }
}
