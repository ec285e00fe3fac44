package dev.twinbucket.local.s3;

/** The versioning state of a bucket. */
public enum Versioning {
  /** Versioning was never turned on: a write replaces, a delete removes. */
  UNVERSIONED,
  /** Every write makes a version, every plain delete a delete marker. */
  ENABLED,
  /** Writes and plain deletes replace the version whose id is {@code null}; others stay. */
  SUSPENDED
}
