package dev.twinbucket.rule;

/** Which way a rule copies. */
public enum Direction {
  LEFT_TO_RIGHT,
  RIGHT_TO_LEFT,
  TWO_WAY;

  /** Whether what happens on that side is carried to the other. */
  public boolean copiesFrom(SideName side) {
    return switch (this) {
      case LEFT_TO_RIGHT -> side == SideName.LEFT;
      case RIGHT_TO_LEFT -> side == SideName.RIGHT;
      case TWO_WAY -> true;
    };
  }
}
