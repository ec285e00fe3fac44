package dev.twinbucket.replication;

import dev.twinbucket.decision.Base;
import dev.twinbucket.object.Observation;
import dev.twinbucket.rule.SideName;

/**
 * What was seen on both sides.
 *
 * @param left seen first
 * @param right seen second
 */
record Pair(Observation left, Observation right) {
  static Pair observe(Sight sight, Work work) {
    Observation left = sight.observe(work.at(SideName.LEFT));
    return new Pair(left, sight.observe(work.at(SideName.RIGHT)));
  }

  /**
   * Whether both stood at one moment. They were seen one after the other, and equal ones may never
   * have met: the left one may have gone before the right one came.
   */
  boolean met(Sight sight) {
    return left.object().isEmpty()
        || right.object().isEmpty()
        || !Base.of(left, right).changed(SideName.LEFT, sight.observe(left.location()));
  }

  Observation side(SideName which) {
    return which == SideName.LEFT ? left : right;
  }
}
