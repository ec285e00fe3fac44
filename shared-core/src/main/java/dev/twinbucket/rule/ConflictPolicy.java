package dev.twinbucket.rule;

/**
 * Who wins when both sides of a two-way rule changed differently. Every policy gives the same
 * winner in every order.
 */
public enum ConflictPolicy {
  /**
   * The later modification time by the stores' own clocks, whole seconds; the left side if they are
   * equal.
   */
  NEWEST,
  PREFER_LEFT,
  PREFER_RIGHT
}
