package dev.twinbucket.settings;

import dev.twinbucket.rule.Direction;
import dev.twinbucket.rule.Mode;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.SideName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses rules that would work against one another. Only places count, not filters: a filter can
 * be changed without a thought of the other rules. Rules that are off do not count.
 */
final class RuleConflicts {
  private final List<Rule> rules;
  private final String where;
  private final Problems problems;

  /**
   * Conflicts among these rules.
   *
   * @param where the rules are written
   */
  RuleConflicts(List<Rule> rules, String where, Problems problems) {
    this.rules = rules.stream().filter(rule -> rule.mode() != Mode.OFF).toList();
    this.where = where;
    this.problems = problems;
  }

  /** One direction of one rule. */
  private record Copying(Rule rule, Place from, Place to) {
    /** Whether that one passes on what this one writes. A two-way rule knows its own echoes. */
    boolean feeds(Copying next) {
      return !rule.name().equals(next.rule.name()) && to.overlaps(next.from);
    }
  }

  static Place left(Rule rule) {
    return place(rule, SideName.LEFT);
  }

  static Place right(Rule rule) {
    return place(rule, SideName.RIGHT);
  }

  void report() {
    List<Copying> copyings = new ArrayList<>();
    for (Rule rule : rules) {
      reportOwnOverlap(rule);
      copyings.addAll(copyings(rule));
    }
    reportSharedDestinations(copyings);
    reportLoops(copyings);
  }

  private void reportOwnOverlap(Rule rule) {
    if (left(rule).overlaps(right(rule))) {
      problems.add(
          where,
          "that the sides of the rule "
              + rule.name()
              + " overlap: "
              + left(rule)
              + " and "
              + right(rule),
          "two places that have no key in common",
          "Give each a prefix that the other's does not begin with");
    }
  }

  private void reportSharedDestinations(List<Copying> copyings) {
    Set<Set<String>> reported = new HashSet<>();
    for (int i = 0; i < copyings.size(); i++) {
      for (Copying other : copyings.subList(i + 1, copyings.size())) {
        Copying one = copyings.get(i);
        Set<String> names = new TreeSet<>(List.of(one.rule().name(), other.rule().name()));
        if (names.size() == 2 && one.to().overlaps(other.to()) && reported.add(names)) {
          problems.add(
              where,
              "that the rules "
                  + String.join(" and ", names)
                  + " both write to "
                  + narrower(one.to(), other.to()),
              "that every place is written by one rule at most",
              "Give each a prefix of its own there");
        }
      }
    }
  }

  private void reportLoops(List<Copying> copyings) {
    Set<Set<String>> reported = new HashSet<>();
    for (Copying start : copyings) {
      Optional<List<String>> loop = loopThrough(start, copyings);
      if (loop.isPresent() && reported.add(new TreeSet<>(loop.get()))) {
        problems.add(
            where,
            "that the rules "
                + String.join(" -> ", loop.get())
                + " copy in a circle: what one writes, the next passes on",
            "rules that end somewhere",
            "Two places are kept equal by one rule of direction two-way");
      }
    }
  }

  /** The names of the rules on the shortest way from a copying back to itself. */
  private static Optional<List<String>> loopThrough(Copying start, List<Copying> copyings) {
    Map<Copying, Copying> cameFrom = new HashMap<>();
    Deque<Copying> ahead = new ArrayDeque<>(List.of(start));
    while (!ahead.isEmpty()) {
      Copying here = ahead.removeFirst();
      for (Copying next : copyings) {
        if (!here.feeds(next)) {
          continue;
        }
        if (next.equals(start)) {
          return Optional.of(way(start, here, cameFrom));
        }
        if (cameFrom.putIfAbsent(next, here) == null) {
          ahead.addLast(next);
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> way(Copying start, Copying end, Map<Copying, Copying> cameFrom) {
    List<String> names = new ArrayList<>();
    Copying step = end;
    while (!step.equals(start)) {
      names.addFirst(step.rule().name());
      step = cameFrom.get(step);
    }
    names.addFirst(start.rule().name());
    return names;
  }

  private static List<Copying> copyings(Rule rule) {
    List<Copying> copyings = new ArrayList<>();
    Direction direction = rule.direction();
    if (direction.copiesFrom(SideName.LEFT)) {
      copyings.add(new Copying(rule, left(rule), right(rule)));
    }
    if (direction.copiesFrom(SideName.RIGHT)) {
      copyings.add(new Copying(rule, right(rule), left(rule)));
    }
    return copyings;
  }

  private static Place narrower(Place one, Place other) {
    return one.prefix().length() >= other.prefix().length() ? one : other;
  }

  private static Place place(Rule rule, SideName side) {
    return new Place(rule.side(side).bucket(), rule.side(side).prefix());
  }
}
