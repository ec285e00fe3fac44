package dev.twinbucket.decision;

import static dev.twinbucket.rule.SideName.LEFT;
import static dev.twinbucket.rule.SideName.RIGHT;

import dev.twinbucket.object.ContentComparison;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.Observation;
import dev.twinbucket.object.Observation.Absent;
import dev.twinbucket.object.Observation.Present;
import dev.twinbucket.rule.ConflictPolicy;
import dev.twinbucket.rule.DeletePolicy;
import dev.twinbucket.rule.SideName;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The decision of two-way rules: a three-way merge of what stands on both sides and the base at
 * which they were last settled.
 *
 * <p>The base can be behind by one write, when an invocation died between its commit and moving the
 * base. What it wrote then proves itself: its stamp holds the write id that the row's claim had
 * announced. Such a replica is put in the base's place before the merge; any other stamp on a known
 * key is history that a user brought back, and counts as that user's write.
 */
public final class TwoWayDecision {
  private final Memory memory;
  private final Policies policies;
  private final Observation left;
  private final Observation right;

  private TwoWayDecision(Memory memory, Policies policies, Observation left, Observation right) {
    this.memory = memory;
    this.policies = policies;
    this.left = left;
    this.right = right;
  }

  /**
   * What a rule says about differences.
   *
   * @param conflict who wins when both sides changed
   * @param updateBeatsDelete whether an update wins over a deletion
   * @param deletes what becomes of the counterpart of what was deleted, as far as the hint at hand
   *     can tell; empty if it takes the deletion's own notification to tell a user's deletion from
   *     an expiry
   */
  public record Policies(
      ConflictPolicy conflict, boolean updateBeatsDelete, Optional<DeletePolicy> deletes) {}

  /**
   * Decides.
   *
   * @param memory what is known of the name
   * @param policies the rule's
   * @param left what stands there now
   * @param right what stands there now
   */
  public static Decision decide(
      Memory memory, Policies policies, Observation left, Observation right) {
    return new TwoWayDecision(memory, policies, left, right).decide();
  }

  private Decision decide() {
    for (SideName side : SideName.values()) {
      if (stampNeedsReading(side)) {
        return new Decision.Read(side, snapshot(side));
      }
    }
    return effectiveBase().map(this::merge).orElseGet(this::mergeWithoutBase);
  }

  private Decision merge(Base base) {
    boolean leftChanged = base.changed(LEFT, left);
    boolean rightChanged = base.changed(RIGHT, right);
    if (!leftChanged && !rightChanged) {
      return settled(base);
    }
    if (leftChanged && rightChanged) {
      return bothChanged();
    }
    return propagate(leftChanged ? LEFT : RIGHT);
  }

  private Decision settled(Base base) {
    boolean recorded =
        memory
            .base()
            .map(known -> !known.changed(LEFT, left) && !known.changed(RIGHT, right))
            .orElse(false);
    if (!recorded
        && left instanceof Present(ObjectSnapshot l)
        && right instanceof Present(ObjectSnapshot r)
        && l.compareContent(r) == ContentComparison.DIFFERENT) {
      // A stamp that says so is forged: the bytes of the version that it names are others.
      return adoptOrConflict(l, r);
    }
    return recorded
        ? new Decision.InSync(
            base.isTombstone() ? "deleted on both sides" : "nothing changed since the base")
        : new Decision.Adopt(Base.of(left, right), "our own write, whose base was not recorded");
  }

  /** Only {@code from} changed: the other side follows. */
  private Decision propagate(SideName from) {
    Observation changed = observation(from);
    Observation standing = observation(from.other());
    return switch (changed) {
      case Present(ObjectSnapshot source) ->
          switch (standing) {
            case Absent _ -> copy(from, Optional.empty(), false);
            case Present(ObjectSnapshot target) -> align(from, source, target);
          };
      case Absent _ ->
          switch (standing) {
            case Absent _ -> new Decision.Adopt(Base.TOMBSTONE, "deleted on both sides");
            case Present(ObjectSnapshot target) -> delete(from.other(), target, false);
          };
    };
  }

  private Decision align(SideName from, ObjectSnapshot source, ObjectSnapshot target) {
    if (source.compareContent(target) != ContentComparison.EQUAL) {
      return copy(from, Optional.of(target), false);
    }
    return source.attributes().equals(target.attributes())
        ? new Decision.Adopt(Base.of(left, right), "equal already")
        : new Decision.UpdateAttributes(from, source, target);
  }

  private Decision bothChanged() {
    if (left instanceof Present(ObjectSnapshot l) && right instanceof Present(ObjectSnapshot r)) {
      return adoptOrConflict(l, r);
    }
    if (left instanceof Absent && right instanceof Absent) {
      return new Decision.Adopt(Base.TOMBSTONE, "deleted on both sides");
    }
    SideName updated = left instanceof Present ? LEFT : RIGHT;
    return policies.updateBeatsDelete()
        ? copy(updated, Optional.empty(), false)
        : delete(updated, snapshot(updated), true);
  }

  private Decision mergeWithoutBase() {
    if (left instanceof Present(ObjectSnapshot l) && right instanceof Present(ObjectSnapshot r)) {
      return adoptOrConflict(l, r);
    }
    if (left instanceof Absent && right instanceof Absent) {
      return new Decision.InSync("absent on both sides");
    }
    return copy(left instanceof Present ? LEFT : RIGHT, Optional.empty(), false);
  }

  private Decision adoptOrConflict(ObjectSnapshot l, ObjectSnapshot r) {
    ContentComparison content = l.compareContent(r);
    if (content == ContentComparison.UNKNOWN) {
      return l.crc().isEmpty() ? new Decision.Read(LEFT, l) : new Decision.Read(RIGHT, r);
    }
    if (content == ContentComparison.EQUAL && l.attributes().equals(r.attributes())) {
      return new Decision.Adopt(Base.of(left, right), "equal on both sides");
    }
    SideName winner = winner(l, r);
    ObjectSnapshot loser = snapshot(winner.other());
    return content == ContentComparison.EQUAL
        ? new Decision.UpdateAttributes(winner, snapshot(winner), loser)
        : copy(winner, Optional.of(loser), true);
  }

  private SideName winner(ObjectSnapshot l, ObjectSnapshot r) {
    return switch (policies.conflict()) {
      case PREFER_LEFT -> LEFT;
      case PREFER_RIGHT -> RIGHT;
      // Whole seconds, as S3 counts: finer digits of one side alone must not decide.
      case NEWEST ->
          r.modified()
                  .truncatedTo(ChronoUnit.SECONDS)
                  .isAfter(l.modified().truncatedTo(ChronoUnit.SECONDS))
              ? RIGHT
              : LEFT;
    };
  }

  private Decision delete(SideName at, ObjectSnapshot target, boolean keep) {
    if (policies.deletes().isEmpty()) {
      return new Decision.Leave(
          "gone on one side; its own notification will tell whether it expired");
    }
    return policies.deletes().get() == DeletePolicy.REPLICATE
        ? new Decision.Delete(at, target, keep)
        : new Decision.Adopt(
            Base.of(left, right), "gone on one side, and the rule keeps the other");
  }

  private Decision copy(SideName from, Optional<ObjectSnapshot> replaced, boolean keepReplaced) {
    ObjectSnapshot source = snapshot(from);
    return source.readable()
        ? new Decision.Copy(from, source, replaced, keepReplaced)
        : new Decision.AwaitRestore(source);
  }

  /** The base, brought up to date by a stamp that proves a write of ours it does not know yet. */
  private Optional<Base> effectiveBase() {
    for (String writer : memory.writers().reversed()) {
      for (SideName side : SideName.values()) {
        if (replica(side) instanceof Replica.Of made && Memory.isBy(writer, made.writeId())) {
          return Optional.of(baseFrom(side, made));
        }
      }
    }
    return memory.base().or(this::baseFromStampAlone);
  }

  /** Nothing at all is remembered: a stamp is the only witness. */
  private Optional<Base> baseFromStampAlone() {
    if (!memory.isEmpty()) {
      return Optional.empty();
    }
    Optional<Base> older = Optional.empty();
    for (SideName side : SideName.values()) {
      if (replica(side) instanceof Replica.Of made && isWitness(side)) {
        Base base = baseFrom(side, made);
        if (!base.changed(side.other(), observation(side.other()))) {
          return Optional.of(base);
        }
        older = older.or(() -> Optional.of(base));
      }
    }
    return older;
  }

  /**
   * An unremembered stamp is believed if both sides stand, or if the hint speaks of the
   * counterpart's deletion. An object that just appeared with an old stamp may be one that a user
   * brought back, and is none to delete.
   */
  private boolean isWitness(SideName replicaSide) {
    return observation(replicaSide.other()) instanceof Present
        || memory.removedBy(replicaSide.other());
  }

  private Base baseFrom(SideName side, Replica.Of made) {
    Base base = Base.TOMBSTONE.with(side.other(), Optional.of(made.origin()));
    // Attributes changed since make it a changed replica: no version equals the empty one.
    return made.intact() ? base.with(side, Base.of(left, right).side(side)) : base;
  }

  private boolean stampNeedsReading(SideName side) {
    if (!(replica(side) instanceof Replica.Unproven)) {
      return false;
    }
    String writeId = snapshot(side).provenance().orElseThrow().writeId();
    return memory.announced(writeId) || (memory.isEmpty() && isWitness(side));
  }

  private Replica replica(SideName side) {
    ObjectLocation counterpart = observation(side.other()).location();
    return observation(side)
        .object()
        .map(object -> Replica.judge(object, counterpart))
        .orElseGet(Replica.None::new);
  }

  private Observation observation(SideName side) {
    return side == LEFT ? left : right;
  }

  private ObjectSnapshot snapshot(SideName side) {
    return observation(side).object().orElseThrow();
  }
}
