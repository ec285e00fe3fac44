package dev.twinbucket.simulator;

import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.Observation;
import dev.twinbucket.rule.SideName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What users did to one name between a moment at which both sides were equal with nothing under
 * way, and the start of the next function. Whatever the order in which functions then learn of it,
 * there is one right result, and the rule's policies say which.
 */
final class Undisturbed {
  private final Scenario scenario;
  private final Map<SideName, Observation> before = new EnumMap<>(SideName.class);
  private final Map<SideName, Observation> after = new EnumMap<>(SideName.class);
  private boolean tangled;

  Undisturbed(Scenario scenario, Observation left, Observation right) {
    this.scenario = scenario;
    before.put(SideName.LEFT, left);
    before.put(SideName.RIGHT, right);
    after.putAll(before);
    tangled = !left.object().map(Version::of).equals(right.object().map(Version::of));
  }

  void becomes(SideName side, Observation now) {
    after.put(side, now);
  }

  /** Something happened that leaves more than one right result. */
  void tangle() {
    tangled = true;
  }

  /** The one right result: empty if there may be several, else the version or the absence. */
  Optional<Optional<Version>> result() {
    return tangled ? Optional.empty() : Optional.of(winner().object().map(Version::of));
  }

  void describe(StringBuilder text) {
    text.append(tangled).append(tangled ? "" : before.toString() + after);
  }

  private Observation winner() {
    if (!scenario.isTwoWay()) {
      return after.get(
          scenario.direction().copiesFrom(SideName.LEFT) ? SideName.LEFT : SideName.RIGHT);
    }
    if (!changed(SideName.RIGHT)) {
      return after.get(SideName.LEFT);
    }
    if (!changed(SideName.LEFT)) {
      return after.get(SideName.RIGHT);
    }
    Optional<ObjectSnapshot> left = after.get(SideName.LEFT).object();
    Optional<ObjectSnapshot> right = after.get(SideName.RIGHT).object();
    if (left.isPresent() && right.isPresent()) {
      return after.get(winner(left.get(), right.get()));
    }
    boolean leftWins = left.isPresent() == scenario.rule().updateBeatsDelete();
    return after.get(leftWins ? SideName.LEFT : SideName.RIGHT);
  }

  private SideName winner(ObjectSnapshot left, ObjectSnapshot right) {
    return switch (scenario.rule().conflict()) {
      case PREFER_LEFT -> SideName.LEFT;
      case PREFER_RIGHT -> SideName.RIGHT;
      case NEWEST -> second(right).isAfter(second(left)) ? SideName.RIGHT : SideName.LEFT;
    };
  }

  private static Instant second(ObjectSnapshot object) {
    return object.modified().truncatedTo(ChronoUnit.SECONDS);
  }

  private boolean changed(SideName side) {
    Optional<ObjectSnapshot> then = before.get(side).object();
    Optional<ObjectSnapshot> now = after.get(side).object();
    if (then.isEmpty() || now.isEmpty()) {
      return then.isPresent() != now.isPresent();
    }
    return !then.get().version().sameAs(now.get().version());
  }
}
