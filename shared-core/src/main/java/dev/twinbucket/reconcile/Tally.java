package dev.twinbucket.reconcile;

import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.outcome.OutcomeLine;
import dev.twinbucket.outcome.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts while a run goes on. For one thread. */
final class Tally {
  private static final String LEFT_ALONE = new Outcome.Superseded("").label();
  private static final String EMPTY =
      "one side lists nothing at all, which is more likely a wrong bucket or prefix than the"
          + " deletion of everything: what only the other side has was left alone";

  private final String rule;
  private final Map<String, Long> outcomes = new TreeMap<>();
  private final List<String> troubles = new ArrayList<>();
  private Position reached;
  private long names;
  private long bytes;

  Tally(String rule, Position from) {
    this.rule = rule;
    this.reached = from;
  }

  void add(Report report) {
    names++;
    OutcomeLine line = OutcomeLine.of(report);
    outcomes.merge(report.outcome().label(), 1L, Long::sum);
    bytes += line.bytes().orElse(0);
    if (!report.outcome().isTerminal() || report.outcome() instanceof Outcome.Quarantined) {
      trouble(line.toString());
    }
  }

  void reached(Position position) {
    reached = position;
  }

  Summary soFar() {
    return summary(Optional.empty(), Optional.of(reached));
  }

  Summary finished() {
    boolean leftAlone = reached.oneSideEmpty() && outcomes.containsKey(LEFT_ALONE);
    return leftAlone ? failed(EMPTY) : summary(Optional.empty(), Optional.empty());
  }

  Summary outOfTime() {
    return summary(Optional.empty(), Optional.of(reached));
  }

  Summary failed(String why) {
    return summary(Optional.of(why), Optional.of(reached));
  }

  private void trouble(String what) {
    if (troubles.size() < Summary.TROUBLES_AT_MOST) {
      troubles.add(what);
    }
  }

  private Summary summary(Optional<String> failure, Optional<Position> next) {
    return new Summary(rule, names, outcomes, bytes, troubles, failure, next);
  }
}
