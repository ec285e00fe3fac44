package dev.twinbucket.aws.attach;

import java.util.OptionalInt;

/**
 * What this deployment adds to a bucket's configuration.
 *
 * @param bucket the bucket's name
 * @param prefix what the keys of interest begin with; may be empty
 * @param id names our entries among those of others, in both configurations
 * @param target where notifications are to go
 * @param abortUploadsAfterDays after how many days an abandoned multipart upload under the prefix
 *     is aborted; empty to leave them alone
 */
record Attachment(
    String bucket, String prefix, String id, Target target, OptionalInt abortUploadsAfterDays) {
  /** S3's own limit for the name of an entry, in characters. */
  static final int LONGEST_ID = 255;

  Attachment {
    if (bucket.isEmpty()) {
      throw new IllegalArgumentException("the bucket has no name");
    }
    // S3 gives an entry without a name one of its own, which could not be found again.
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      throw new IllegalArgumentException("the entry's name must have 1 to 255 characters");
    }
    if (abortUploadsAfterDays.isPresent() && abortUploadsAfterDays.getAsInt() < 1) {
      throw new IllegalArgumentException("uploads are aborted after one day at the earliest");
    }
  }

  /** Whether both would leave their entries in the same place, so that one replaces the other. */
  boolean replaces(Attachment other) {
    return bucket.equals(other.bucket) && id.equals(other.id);
  }
}
