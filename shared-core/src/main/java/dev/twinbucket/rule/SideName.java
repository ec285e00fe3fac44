package dev.twinbucket.rule;

/** The two sides of a rule. */
public enum SideName {
  LEFT,
  RIGHT;

  /** The side across. */
  public SideName other() {
    return this == LEFT ? RIGHT : LEFT;
  }
}
