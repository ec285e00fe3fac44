package dev.twinbucket.rule;

/** What a one-way rule does with a destination object that it did not write itself. */
public enum ForeignPolicy {
  /** The source wins. */
  OVERWRITE,
  /** It stays. */
  KEEP
}
