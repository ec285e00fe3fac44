package dev.twinbucket.replication;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.Observation;
import dev.twinbucket.rule.DeletePolicy;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.RuleSet;
import dev.twinbucket.rule.SideName;
import java.util.Optional;

/**
 * One hint for one rule.
 *
 * @param match what the hint is about
 * @param event what it says
 * @param invocation what the platform lends
 */
record Work(RuleSet.Match match, ObjectEvent event, Invocation invocation) {
  Rule rule() {
    return match.rule();
  }

  String name() {
    return match.name();
  }

  ObjectLocation at(SideName side) {
    return rule().side(side).locate(name());
  }

  /**
   * What becomes of the counterpart of something that is gone, as far as this hint can tell.
   *
   * @return empty if users' deletions and expiries are treated differently and the hint speaks of
   *     neither
   */
  Optional<DeletePolicy> deletes() {
    if (rule().deletes() == rule().lifecycleDeletes()) {
      return Optional.of(rule().deletes());
    }
    return switch (event.type()) {
      case EXPIRED -> Optional.of(rule().lifecycleDeletes());
      case DELETED, ARCHIVED -> Optional.of(rule().deletes());
      case CREATED, METADATA_CHANGED, RESTORED -> Optional.empty();
    };
  }

  /**
   * The same where either side may be the one that something is gone from: the hint tells only of
   * the side that it comes from.
   */
  Optional<DeletePolicy> deletes(Pair pair) {
    boolean tells =
        rule().deletes() == rule().lifecycleDeletes()
            || pair.side(match.side()) instanceof Observation.Absent;
    return tells ? deletes() : Optional.empty();
  }

  /**
   * Whether the hint says what another one of the same key could not say in its place: whether what
   * is gone has expired.
   */
  boolean saysHowItWent() {
    return rule().deletes() != rule().lifecycleDeletes() && event.type().isRemoval();
  }

  /**
   * Whether the quickest way is to read the source at once and to create its replica if there is
   * none.
   */
  boolean looksNew() {
    return event.type() == EventType.CREATED && !event.replacesKnown();
  }
}
