package dev.twinbucket.simulator;

import dev.twinbucket.rule.ConflictPolicy;
import dev.twinbucket.rule.DeleteGuard;
import dev.twinbucket.rule.DeletePolicy;
import dev.twinbucket.rule.Direction;
import dev.twinbucket.rule.ForeignPolicy;
import dev.twinbucket.rule.KeyFilter;
import dev.twinbucket.rule.Mode;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.Side;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.store.memory.Flavour;
import java.time.Duration;
import java.util.List;

/**
 * The circumstances of a history.
 *
 * @param rule what is to be kept equal, and how
 * @param left the left store's flavour
 * @param right the right store's
 * @param names how many names users write to
 * @param operations how many operations users do
 * @param hurried whether users act several times within a second, so that only the stores' own
 *     times say who wins
 * @param workers how many functions run at once
 * @param trouble what goes wrong
 * @param skew how far the right store's clock is ahead of the left one's
 * @param pace how finely users, functions and time are told apart
 */
record Scenario(
    Rule rule,
    Flavour left,
    Flavour right,
    int names,
    int operations,
    boolean hurried,
    int workers,
    Trouble trouble,
    Duration skew,
    Pace pace) {
  private static final List<Direction> DIRECTIONS =
      List.of(Direction.TWO_WAY, Direction.LEFT_TO_RIGHT, Direction.RIGHT_TO_LEFT);

  /**
   * What goes wrong.
   *
   * @param crashes how many functions may be killed
   * @param faults how many requests may fail, before or after their effect
   * @param stalls how often a function may stop running for a while, longer than its lease perhaps
   * @param inFlight whether time may pass between the sending of a request and its effect
   * @param duplicates whether notifications may arrive twice
   * @param drops whether notifications may be lost, which a look at every name in the end repairs
   * @param delays whether notifications may be late by minutes
   * @param skewedFunctions whether functions' clocks disagree with each other by up to 20 s
   * @param meddling whether users of a one-way rule write to its destination, too, which a look at
   *     every name in the end repairs
   */
  record Trouble(
      int crashes,
      int faults,
      int stalls,
      boolean inFlight,
      boolean duplicates,
      boolean drops,
      boolean delays,
      boolean skewedFunctions,
      boolean meddling) {
    static final Trouble NONE = new Trouble(0, 0, 0, false, false, false, false, false, false);

    private static Trouble draw(Tape tape) {
      return new Trouble(
          Math.max(0, tape.choose(5) - 2),
          Math.max(0, tape.choose(6) - 3),
          Math.max(0, tape.choose(5) - 2),
          tape.choose(4) == 3,
          tape.choose(2) == 1,
          tape.choose(6) == 5,
          tape.choose(3) == 2,
          tape.choose(4) == 3,
          tape.choose(3) == 2);
    }
  }

  /** Whether histories are drawn or all of them are run. */
  enum Pace {
    /** Requests take time, functions are known by the order in which they began. */
    SAMPLED,
    /** Requests take none and names follow from what they name, so that equal states are equal. */
    ENUMERATED
  }

  /** Draws the circumstances; the first of every choice is the plainest. */
  static Scenario draw(Tape tape) {
    return new Scenario(
        rule(tape),
        tape.choose(2) == 0 ? Flavour.S3 : Flavour.S3_VERSIONED,
        tape.choose(2) == 0 ? Flavour.GCS : Flavour.GCS_VERSIONED,
        1 + Math.max(0, tape.choose(3) - 1),
        1 + tape.choose(7),
        tape.choose(6) == 5,
        1 + tape.choose(3),
        Trouble.draw(tape),
        tape.choose(6) == 5 ? Duration.ofSeconds(tape.choose(240) - 120L) : Duration.ZERO,
        Pace.SAMPLED);
  }

  /** Circumstances in which every history is to be run: one name, no trouble but crashes. */
  static Scenario toEnumerate(
      Direction direction, Flavour left, Flavour right, int operations, int workers, int crashes) {
    Rule plain = rule(direction);
    Rule rule =
        new Rule(
            plain.name(),
            plain.left(),
            plain.right(),
            direction,
            plain.filter(),
            plain.deletes(),
            plain.lifecycleDeletes(),
            plain.foreign(),
            plain.conflict(),
            plain.updateBeatsDelete(),
            DeleteGuard.OFF,
            plain.mode());
    Trouble trouble = new Trouble(crashes, 0, 0, false, false, false, false, false, false);
    return new Scenario(
        rule, left, right, 1, operations, false, workers, trouble, Duration.ZERO, Pace.ENUMERATED);
  }

  private static Rule rule(Tape tape) {
    Direction direction = DIRECTIONS.get(Math.max(0, tape.choose(6) - 3));
    boolean plain = tape.choose(2) == 0;
    return plain ? Scenario.rule(direction) : unusual(direction, tape);
  }

  private static Rule unusual(Direction direction, Tape tape) {
    Rule plain = rule(direction);
    int policy = tape.choose(6);
    return rule(
        plain,
        switch (policy) {
          case 0 -> ConflictPolicy.PREFER_LEFT;
          case 1 -> ConflictPolicy.PREFER_RIGHT;
          default -> ConflictPolicy.NEWEST;
        },
        policy != 2 && (policy > 1 || tape.choose(2) == 0),
        policy == 3 || policy == 4 ? DeletePolicy.KEEP : DeletePolicy.REPLICATE,
        policy == 5 ? Mode.SHADOW : Mode.LIVE);
  }

  /** A live rule with every policy at its default. */
  static Rule rule(Direction direction) {
    return Rule.of("sim", Side.of(World.LEFT, ""), Side.of(World.RIGHT, ""), direction);
  }

  private static Rule rule(
      Rule plain,
      ConflictPolicy conflict,
      boolean updateBeatsDelete,
      DeletePolicy lifecycleDeletes,
      Mode mode) {
    return new Rule(
        plain.name(),
        plain.left(),
        plain.right(),
        plain.direction(),
        KeyFilter.ALL,
        DeletePolicy.REPLICATE,
        lifecycleDeletes,
        ForeignPolicy.OVERWRITE,
        conflict,
        updateBeatsDelete,
        plain.guard(),
        mode);
  }

  Direction direction() {
    return rule.direction();
  }

  boolean isTwoWay() {
    return rule.direction() == Direction.TWO_WAY;
  }

  boolean isEnumerated() {
    return pace == Pace.ENUMERATED;
  }

  /** Whether users are expected to write on that side. */
  boolean isSource(SideName side) {
    return rule.direction().copiesFrom(side);
  }

  /** Whether something may be unequal until every name is looked at. */
  boolean needsReconcile() {
    return trouble.drops() || (trouble.meddling() && !isTwoWay());
  }

  /** Whether an expiry leaves the counterpart alone. */
  boolean keepsExpired() {
    return rule.lifecycleDeletes() == DeletePolicy.KEEP;
  }

  boolean isShadow() {
    return rule.mode() == Mode.SHADOW;
  }

  /** Whether no function is killed, fails or stalls between a write and its record. */
  boolean isCalm() {
    return isClean() && trouble.stalls() == 0;
  }

  boolean isClean() {
    return trouble.crashes() == 0 && trouble.faults() == 0;
  }
}
