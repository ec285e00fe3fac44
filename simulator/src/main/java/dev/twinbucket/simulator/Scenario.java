package dev.twinbucket.simulator;

import dev.twinbucket.rule.Direction;
import dev.twinbucket.store.memory.Flavour;
import java.time.Duration;
import java.util.List;

/**
 * The circumstances of a history.
 *
 * @param direction the rule's
 * @param left the left store's flavour
 * @param right the right store's
 * @param names how many names users write to
 * @param operations how many operations users do
 * @param workers how many functions run at once
 * @param crashes how many of them may be killed
 * @param faults how many requests may fail, before or after their effect
 * @param duplicates whether notifications may arrive twice
 * @param drops whether notifications may be lost, which a look at every name in the end repairs
 * @param skew how far the right store's clock is ahead of the left one's
 */
record Scenario(
    Direction direction,
    Flavour left,
    Flavour right,
    int names,
    int operations,
    int workers,
    int crashes,
    int faults,
    boolean duplicates,
    boolean drops,
    Duration skew) {
  private static final List<Direction> DIRECTIONS =
      List.of(Direction.TWO_WAY, Direction.LEFT_TO_RIGHT, Direction.RIGHT_TO_LEFT);

  /** Draws the circumstances; the first of every choice is the plainest. */
  static Scenario draw(Tape tape) {
    return new Scenario(
        DIRECTIONS.get(Math.max(0, tape.choose(6) - 3)),
        tape.choose(2) == 0 ? Flavour.S3 : Flavour.S3_VERSIONED,
        tape.choose(2) == 0 ? Flavour.GCS : Flavour.GCS_VERSIONED,
        1 + tape.choose(2),
        1 + tape.choose(7),
        1 + tape.choose(3),
        Math.max(0, tape.choose(5) - 2),
        Math.max(0, tape.choose(6) - 3),
        tape.choose(2) == 1,
        tape.choose(5) == 4,
        tape.choose(4) == 3 ? Duration.ofSeconds(tape.choose(240) - 120L) : Duration.ZERO);
  }

  boolean isClean() {
    return crashes == 0 && faults == 0;
  }
}
