package dev.twinbucket.store.memory;

/** Which cloud's versions and conditions a store in memory follows. */
public enum Flavour {
  /** ETag is the MD5, conditions look at nothing else; times are whole seconds. */
  S3(false, false),
  /** The same with version ids; deleting hides the current version. */
  S3_VERSIONED(false, true),
  /** Generations and metagenerations, conditions look at both. */
  GCS(true, false),
  /** The same; what is overwritten or deleted becomes noncurrent. */
  GCS_VERSIONED(true, true);

  private final boolean google;
  private final boolean versioned;

  Flavour(boolean google, boolean versioned) {
    this.google = google;
    this.versioned = versioned;
  }

  /** Whether it is one of the two that are like GCS. */
  public boolean isGoogle() {
    return google;
  }

  /** Whether what is overwritten or deleted is kept as noncurrent. */
  public boolean isVersioned() {
    return versioned;
  }
}
