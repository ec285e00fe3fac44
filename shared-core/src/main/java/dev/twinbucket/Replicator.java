package dev.twinbucket;

import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.outcome.FailureReason;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.outcome.Report;
import dev.twinbucket.replication.Invocation;
import dev.twinbucket.replication.Replication;
import dev.twinbucket.rule.RuleSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole flow: from a hint, by the rules, to outcomes. Stateless itself; any number of threads
 * share one instance.
 *
 * <pre>
 * event (a hint) -> rules -> observe both sides -> decide -> act, conditionally -> outcome
 * </pre>
 */
public final class Replicator {
  private final RuleSet rules;
  private final Replication replication;
  private final Clock clock;

  /**
   * A replicator.
   *
   * @param rules the only places that it may touch
   * @param replication the protocols, with the stores and the state they work on
   * @param clock for durations in reports
   */
  public Replicator(RuleSet rules, Replication replication, Clock clock) {
    this.rules = rules;
    this.replication = replication;
    this.clock = clock;
  }

  /**
   * Does whatever a hint calls for.
   *
   * @param event the hint; nothing outside the rules is touched whatever it names
   * @param invocation what the platform lends
   * @return one report for each rule that the hint concerns, or a single one that says that there
   *     is none. Never throws for what stores or state do: that is an outcome
   */
  public List<Report> replicate(ObjectEvent event, Invocation invocation) {
    List<RuleSet.Match> matches = rules.match(event);
    if (matches.isEmpty()) {
      Outcome outcome = new Outcome.Superseded("no rule is about this place");
      return List.of(report("", event, outcome, clock.instant()));
    }
    List<Report> reports = new ArrayList<>();
    for (RuleSet.Match match : matches) {
      Instant start = clock.instant();
      reports.add(report(match.rule().name(), event, outcome(match, event, invocation), start));
    }
    return reports;
  }

  private Outcome outcome(RuleSet.Match match, ObjectEvent event, Invocation invocation) {
    try {
      return replication.replicate(match, event, invocation);
    } catch (RuntimeException e) {
      // One hint's unforeseen trouble is no reason to lose another's: it comes back, and in the end
      // it is quarantined.
      return new Outcome.Failed(FailureReason.UNEXPECTED, e.toString());
    }
  }

  private Report report(String rule, ObjectEvent event, Outcome outcome, Instant start) {
    Instant end = clock.instant();
    return new Report(
        rule,
        event,
        outcome,
        Duration.between(start, end),
        event.time().map(time -> Duration.between(time, end)));
  }
}
