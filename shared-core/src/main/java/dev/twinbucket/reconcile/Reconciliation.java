package dev.twinbucket.reconcile;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.outcome.OutcomeLine;
import dev.twinbucket.outcome.OutcomeLog;
import dev.twinbucket.outcome.Report;
import dev.twinbucket.replication.Invocation;
import dev.twinbucket.replication.Replication;
import dev.twinbucket.rule.DeletePolicy;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.RuleSet;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.time.Deadline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Looks at every name that either side of a rule lists, by the very protocols that notifications go
 * through. Listings only say where to look: what is done is decided by what the looks see, so that
 * a stale, wrong or empty listing copies nothing twice and deletes nothing. Running it again, or
 * beside live replication, does no harm.
 *
 * <p>It finds what lost notifications left undone, and it is how two buckets that hold something
 * already are brought in step.
 */
public final class Reconciliation {
  /** As many as the stores' clients keep connections for. */
  private static final int AT_ONCE = 32;

  private static final int BATCH = 512;
  private static final int ROUNDS = 3;
  private static final Duration LEAST_TIME = Duration.ofSeconds(40);

  private final Replication replication;
  private final RuleSet rules;
  private final Clock clock;
  private final OutcomeLog log;

  /**
   * A reconciliation.
   *
   * @param replication the protocols, with the stores
   * @param rules for the kinds of the stores
   * @param clock for durations in reports
   * @param log takes every outcome
   */
  public Reconciliation(Replication replication, RuleSet rules, Clock clock, OutcomeLog log) {
    this.replication = replication;
    this.rules = rules;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Looks at the names after a position, as far as the time allows.
   *
   * <p>If one side lists nothing at all while the other does, a deletion is not what it is taken
   * for: names are copied into the empty side where that is called for, nothing is deleted because
   * of it, and if anything would have been, the run has failed.
   *
   * @param rule whose names
   * @param from where to begin
   * @param deadline after which nothing is begun; the summary then names the next position
   * @param progress hears how far the run has come, after each few hundred names
   */
  public Summary run(Rule rule, Position from, Deadline deadline, Consumer<Summary> progress) {
    Tally tally = new Tally(rule.name(), from);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      SideListing left = listing(rule, SideName.LEFT, from.leftPage());
      SideListing right = listing(rule, SideName.RIGHT, from.rightPage());
      Position start = from;
      if (from.equals(Position.START) && left.peek().isPresent() != right.peek().isPresent()) {
        start = from.withOneSideEmpty();
      }
      tally.reached(start);
      Rule carefully = start.oneSideEmpty() ? withoutDeletions(rule) : rule;
      NamePairs pairs = new NamePairs(left, right, start);
      while (true) {
        List<NamePairs.NamePair> batch = batch(pairs, rule);
        if (batch.isEmpty()) {
          return tally.finished();
        }
        if (!look(carefully, batch, deadline, threads, tally)) {
          return tally.outOfTime();
        }
        progress.accept(tally.soFar());
      }
    } catch (ListingException e) {
      return tally.failed(e.getMessage());
    }
  }

  private SideListing listing(Rule rule, SideName side, String page) {
    return new SideListing(
        replication.stores().of(rule.side(side).bucket()),
        rule.side(side),
        page,
        replication.pause(),
        replication.randoms().get());
  }

  private static List<NamePairs.NamePair> batch(NamePairs pairs, Rule rule) {
    List<NamePairs.NamePair> batch = new ArrayList<>();
    while (batch.size() < BATCH) {
      Optional<NamePairs.NamePair> pair = pairs.next();
      if (pair.isEmpty()) {
        break;
      }
      if (rule.covers(pair.get().name())) {
        batch.add(pair.get());
      }
    }
    return batch;
  }

  /** False if the time was up before all of them had been begun. */
  private boolean look(
      Rule rule,
      List<NamePairs.NamePair> batch,
      Deadline deadline,
      ExecutorService threads,
      Tally tally) {
    Semaphore atOnce = new Semaphore(AT_ONCE);
    List<Future<Optional<Report>>> looks = new ArrayList<>();
    for (NamePairs.NamePair pair : batch) {
      looks.add(threads.submit(() -> look(rule, pair, deadline, atOnce)));
    }
    boolean whole = true;
    for (int i = 0; i < batch.size(); i++) {
      Optional<Report> report = join(looks.get(i));
      // Once one was not begun, the position stays before it: what came after is looked at again.
      whole &= report.isPresent();
      report.ifPresent(tally::add);
      if (whole) {
        tally.reached(batch.get(i).at());
      }
    }
    return whole;
  }

  private Optional<Report> look(
      Rule rule, NamePairs.NamePair pair, Deadline deadline, Semaphore atOnce) {
    atOnce.acquireUninterruptibly();
    try {
      if (!deadline.allows(LEAST_TIME)) {
        return Optional.empty();
      }
      SideName side = sideToLookFrom(rule, pair);
      ObjectEvent hint = hint(rule, side, pair);
      RuleSet.Match match = new RuleSet.Match(rule, side, pair.name());
      Instant start = clock.instant();
      Outcome outcome = replication.replicate(match, hint, new Invocation(deadline, ""));
      for (int round = 1; round < ROUNDS && outcome instanceof Outcome.Failed; round++) {
        if (!deadline.allows(LEAST_TIME)) {
          break;
        }
        outcome = replication.replicate(match, hint, new Invocation(deadline, ""));
      }
      Duration took = Duration.between(start, clock.instant());
      Report report = new Report(rule.name(), hint, outcome, took, Optional.empty());
      if (!(outcome instanceof Outcome.InSync)) {
        log.write(OutcomeLine.of(report));
      }
      return Optional.of(report);
    } finally {
      atOnce.release();
    }
  }

  private static Optional<Report> join(Future<Optional<Report>> look) {
    try {
      return look.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a look throws nothing but faults of our own", e.getCause());
    }
  }

  private static SideName sideToLookFrom(Rule rule, NamePairs.NamePair pair) {
    return switch (rule.direction()) {
      case LEFT_TO_RIGHT -> SideName.LEFT;
      case RIGHT_TO_LEFT -> SideName.RIGHT;
      case TWO_WAY -> pair.onLeft() ? SideName.LEFT : SideName.RIGHT;
    };
  }

  /**
   * A name that only its source lists is most likely new: a creation's hint takes the shortest way.
   * Every other hint says nothing but "look".
   */
  private ObjectEvent hint(Rule rule, SideName side, NamePairs.NamePair pair) {
    boolean here = side == SideName.LEFT ? pair.onLeft() : pair.onRight();
    boolean there = side == SideName.LEFT ? pair.onRight() : pair.onLeft();
    return ObjectEvent.look(
        rules.providers().get(rule.side(side).bucket().store()),
        rule.side(side).bucket().bucket(),
        rule.side(side).locate(pair.name()).key(),
        here && !there ? EventType.CREATED : EventType.METADATA_CHANGED);
  }

  /** Policies that differ take a deletion's own notification to delete anything: there is none. */
  private static Rule withoutDeletions(Rule rule) {
    return new Rule(
        rule.name(),
        rule.left(),
        rule.right(),
        rule.direction(),
        rule.filter(),
        DeletePolicy.REPLICATE,
        DeletePolicy.KEEP,
        rule.foreign(),
        rule.conflict(),
        rule.updateBeatsDelete(),
        rule.guard(),
        rule.mode());
  }
}
