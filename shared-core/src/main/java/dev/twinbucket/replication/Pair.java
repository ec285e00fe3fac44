package dev.twinbucket.replication;

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

  Observation side(SideName which) {
    return which == SideName.LEFT ? left : right;
  }
}
