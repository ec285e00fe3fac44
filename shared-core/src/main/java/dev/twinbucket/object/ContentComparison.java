package dev.twinbucket.object;

/** What checksums say of two objects' bytes. */
public enum ContentComparison {
  EQUAL,
  DIFFERENT,
  /** Of equal size, and without a checksum in common: only reading them can tell. */
  UNKNOWN;

  static ContentComparison of(boolean equal) {
    return equal ? EQUAL : DIFFERENT;
  }
}
