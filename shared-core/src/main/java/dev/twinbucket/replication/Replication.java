package dev.twinbucket.replication;

import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.rule.Direction;
import dev.twinbucket.rule.Mode;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.RuleSet;
import dev.twinbucket.state.StateStore;
import dev.twinbucket.store.Stores;
import dev.twinbucket.time.Pause;
import dev.twinbucket.transfer.ContentReader;
import dev.twinbucket.work.WorkQueue;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The protocols with all that they work on. It owns nothing: who made the stores and the state
 * closes them.
 *
 * @param stores every store that a rule names
 * @param state what two-way rules remember
 * @param reader how contents come into memory
 * @param queue takes the hints that another invocation is to follow
 * @param pause how time passes between attempts
 * @param randoms a source of randomness for each piece of work
 */
public record Replication(
    Stores stores,
    StateStore state,
    ContentReader reader,
    WorkQueue queue,
    Pause pause,
    Supplier<RandomGenerator> randoms) {

  /**
   * Does what a hint calls for on one name of one rule.
   *
   * @return how it ended; failures of stores and state are outcomes, not exceptions
   */
  public Outcome replicate(RuleSet.Match match, ObjectEvent event, Invocation invocation) {
    Rule rule = match.rule();
    if (rule.mode() == Mode.OFF) {
      return new Outcome.Superseded("the rule is switched off");
    }
    if (!rule.direction().copiesFrom(match.side())) {
      return new Outcome.Superseded("the rule does not copy from this side");
    }
    Work work = new Work(match, event, invocation);
    Steps steps = new Steps(stores, reader, pause, randoms.get());
    return rule.direction() == Direction.TWO_WAY
        ? new TwoWayReplication(steps, new KeyLedger(state), work).run()
        : new OneWayReplication(steps, work).run();
  }
}
