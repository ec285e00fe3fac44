package dev.twinbucket.local.gcs;

/**
 * How a bucket behaves.
 *
 * @param versioning whether replaced and deleted objects stay as noncurrent generations
 * @param storageClass class of objects that name none, {@code STANDARD} by default
 * @param location where the bucket pretends to be
 */
public record BucketSettings(boolean versioning, String storageClass, String location) {

  /** An unversioned bucket of class {@code STANDARD} in {@code US}. */
  public static final BucketSettings DEFAULT = new BucketSettings(false, "STANDARD", "US");

  /** The default bucket with object versioning. */
  public static final BucketSettings VERSIONED = new BucketSettings(true, "STANDARD", "US");

  BucketSettings withVersioning(boolean enabled) {
    return new BucketSettings(enabled, storageClass, location);
  }
}
