package dev.twinbucket.rule;

/** What becomes of the counterpart of an object that was deleted. */
public enum DeletePolicy {
  /** It is deleted too. */
  REPLICATE,
  /** It stays. */
  KEEP
}
