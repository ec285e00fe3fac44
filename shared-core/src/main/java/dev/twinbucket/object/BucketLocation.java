package dev.twinbucket.object;

import java.util.regex.Pattern;

/**
 * One bucket of one configured store.
 *
 * @param store the store's name, which is also the scheme of its URIs: {@code s3}, {@code gs}, or
 *     the name of a configured S3-compatible endpoint
 * @param bucket the bucket's name, exactly as its cloud spells it
 */
public record BucketLocation(String store, String bucket) {
  private static final Pattern STORE = Pattern.compile("[a-z][a-z0-9+.-]*");

  public BucketLocation {
    if (!STORE.matcher(store).matches()) {
      throw new IllegalArgumentException(
          "not a store name (lower-case letters, digits, + . -): " + Escaping.forLog(store));
    }
    if (bucket.isEmpty() || bucket.indexOf('/') >= 0) {
      throw new IllegalArgumentException("not a bucket name: " + Escaping.forLog(bucket));
    }
  }

  /** The object {@code key} of this bucket. */
  public ObjectLocation object(String key) {
    return new ObjectLocation(this, key);
  }

  /** As {@code store://bucket}. */
  @Override
  public String toString() {
    return store + "://" + Escaping.forLog(bucket);
  }
}
