package dev.twinbucket.rule;

/** Whether a rule acts. */
public enum Mode {
  /** It replicates. */
  LIVE,
  /** It decides and reports, and writes nothing. */
  SHADOW,
  /** It does nothing at all. */
  OFF
}
