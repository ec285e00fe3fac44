package dev.twinbucket.event;

/** What is said to have happened to an object. */
public enum EventType {
  /**
   * Bytes were written: a put, a post, a copy, a completed upload, a finalized object, a restored
   * generation.
   */
  CREATED,
  /** Metadata or tags changed, the bytes did not. */
  METADATA_CHANGED,
  /** A user removed it, or one of its versions, or a write replaced it: all of these look alike. */
  DELETED,
  /** The bucket's own lifecycle removed it. */
  EXPIRED,
  /** The live version became a noncurrent one. */
  ARCHIVED,
  /** An archived object's bytes can be read again. */
  RESTORED;

  /** Whether the event speaks of a disappearance. */
  public boolean isRemoval() {
    return this == DELETED || this == EXPIRED || this == ARCHIVED;
  }
}
