package dev.twinbucket.decision;

import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation;
import dev.twinbucket.rule.SideName;
import java.util.Optional;

/**
 * The merge base of one name on a two-way rule: the versions at which both sides were last known to
 * be settled. Both empty is a tombstone: the name was deleted everywhere. One empty is a deletion
 * that, by policy, was not carried over.
 *
 * @param left the left side's version, empty for an absence
 * @param right the right side's version, empty for an absence
 */
public record Base(Optional<ObjectVersion> left, Optional<ObjectVersion> right) {
  /** Both sides are known to have nothing. */
  public static final Base TOMBSTONE = new Base(Optional.empty(), Optional.empty());

  /** What the two observations are, taken as settled. */
  public static Base of(Observation left, Observation right) {
    return new Base(version(left), version(right));
  }

  /** That side's version. */
  public Optional<ObjectVersion> side(SideName which) {
    return which == SideName.LEFT ? left : right;
  }

  /** The same with another version on one side. */
  public Base with(SideName which, Optional<ObjectVersion> version) {
    return which == SideName.LEFT ? new Base(version, right) : new Base(left, version);
  }

  /** Whether both sides are known to have nothing. */
  public boolean isTombstone() {
    return left.isEmpty() && right.isEmpty();
  }

  /** Whether that side is not what it was. */
  public boolean changed(SideName which, Observation now) {
    Optional<ObjectVersion> then = side(which);
    Optional<ObjectVersion> current = version(now);
    if (then.isEmpty() || current.isEmpty()) {
      return then.isPresent() != current.isPresent();
    }
    return !then.get().sameAs(current.get());
  }

  private static Optional<ObjectVersion> version(Observation observation) {
    return observation.object().map(snapshot -> snapshot.version());
  }
}
