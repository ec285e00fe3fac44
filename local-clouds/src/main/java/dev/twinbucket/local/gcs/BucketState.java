package dev.twinbucket.local.gcs;

import java.time.Instant;

/** A bucket as seen at one moment. */
record BucketState(
    String name, BucketSettings settings, long metageneration, Instant created, Instant updated) {

  static BucketState of(Bucket bucket) {
    return new BucketState(
        bucket.name(),
        bucket.settings(),
        bucket.metageneration(),
        bucket.created(),
        bucket.updated());
  }
}
