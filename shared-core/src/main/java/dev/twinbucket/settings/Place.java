package dev.twinbucket.settings;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Escaping;

/**
 * A part of a bucket: all keys that begin with a prefix.
 *
 * @param bucket the bucket
 * @param prefix may be empty
 */
record Place(BucketLocation bucket, String prefix) {
  /** Whether a key could be in both. */
  boolean overlaps(Place other) {
    return bucket.equals(other.bucket)
        && (prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix));
  }

  @Override
  public String toString() {
    return bucket + "/" + Escaping.forLog(prefix);
  }
}
