package dev.twinbucket.local.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * The faults that a server is to inject. Rules are tried in the order of their making; the first
 * one that matches and is due is applied. Safe for use by several threads.
 */
public final class FaultScript {
  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  /** Begins a rule for the calls that match. */
  public Draft on(Predicate<RequestLine> matches) {
    return new Draft(matches, 0, 1);
  }

  /** Begins a rule for calls with this method whose raw target contains the given text. */
  public Draft on(String method, String targetContains) {
    return on(line -> line.method().equals(method) && line.rawTarget().contains(targetContains));
  }

  /** Drops all rules. */
  public void clear() {
    rules.clear();
  }

  Optional<Fault> next(RequestLine line) {
    for (Rule rule : rules) {
      if (rule.matches.test(line) && rule.isDue()) {
        return Optional.of(rule.fault);
      }
    }
    return Optional.empty();
  }

  /** A rule in the making: which calls, from which one on, how often. */
  public final class Draft {
    private final Predicate<RequestLine> matches;
    private final long skip;
    private final long times;

    private Draft(Predicate<RequestLine> matches, long skip, long times) {
      this.matches = matches;
      this.skip = skip;
      this.times = times;
    }

    /** Lets the first {@code calls} matching calls pass untouched. */
    public Draft skip(long calls) {
      return new Draft(matches, calls, times);
    }

    /** Applies the fault to this many calls; one is the default. */
    public Draft times(long calls) {
      return new Draft(matches, skip, calls);
    }

    /** Applies the fault to every call from the first due one on. */
    public Draft always() {
      return new Draft(matches, skip, Long.MAX_VALUE);
    }

    /** Puts the rule into force. */
    public Rule inject(Fault fault) {
      Rule rule = new Rule(matches, skip, times, fault);
      rules.add(rule);
      return rule;
    }
  }

  /** A rule in force. */
  public static final class Rule {
    private final Predicate<RequestLine> matches;
    private final long skip;
    private final long times;
    private final Fault fault;
    private long seen;
    private long fired;

    private Rule(Predicate<RequestLine> matches, long skip, long times, Fault fault) {
      this.matches = matches;
      this.skip = skip;
      this.times = times;
      this.fault = fault;
    }

    private synchronized boolean isDue() {
      boolean due = seen++ >= skip && fired < times;
      if (due) {
        fired++;
      }
      return due;
    }

    /**
     * How many calls the fault was applied to. A test asserts on it, lest the fault never fired.
     */
    public synchronized long fired() {
      return fired;
    }
  }
}
