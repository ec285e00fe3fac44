package dev.twinbucket.replication;

import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.guard.ControlBook;
import dev.twinbucket.guard.RuleGuard;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.rule.Direction;
import dev.twinbucket.rule.Mode;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.RuleSet;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.state.StateStore;
import dev.twinbucket.store.Stores;
import dev.twinbucket.time.Deadline;
import dev.twinbucket.time.Pause;
import dev.twinbucket.transfer.ContentReader;
import dev.twinbucket.transfer.LargeObjects;
import dev.twinbucket.transfer.Party;
import dev.twinbucket.transfer.Subject;
import dev.twinbucket.transfer.Transfers;
import dev.twinbucket.work.WorkQueue;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The protocols with all that they work on. One instance serves a whole process: it holds the
 * deletes that the process has reserved. It owns nothing: who made the stores and the state closes
 * them.
 */
public final class Replication {
  private final Stores stores;
  private final StateStore state;
  private final ContentReader reader;
  private final LargeObjects large;
  private final WorkQueue queue;
  private final HeldHints heldHints;
  private final Pause pause;
  private final Supplier<RandomGenerator> randoms;
  private final ControlBook controls;
  private final RuleGuard guard;

  /** The protocols, with large objects carried as the defaults say and nobody told how far. */
  public Replication(
      Stores stores,
      StateStore state,
      ContentReader reader,
      WorkQueue queue,
      Pause pause,
      Supplier<RandomGenerator> randoms) {
    this(stores, state, reader, LargeObjects.standard(reader.budget()), queue, pause, randoms);
  }

  /**
   * The protocols.
   *
   * @param stores every store that a rule names
   * @param state what two-way rules remember, and what operators command
   * @param reader how contents come into memory
   * @param large what transfers of large objects share
   * @param queue takes the hints that another invocation is to follow
   * @param pause how time passes between attempts
   * @param randoms a source of randomness for each piece of work
   */
  public Replication(
      Stores stores,
      StateStore state,
      ContentReader reader,
      LargeObjects large,
      WorkQueue queue,
      Pause pause,
      Supplier<RandomGenerator> randoms) {
    this.stores = stores;
    this.state = state;
    this.reader = reader;
    this.large = large;
    this.queue = queue;
    this.heldHints = new HeldHints(queue);
    this.pause = pause;
    this.randoms = randoms;
    this.controls = new ControlBook(state);
    this.guard = new RuleGuard(controls);
  }

  /** Every store that a rule names. */
  public Stores stores() {
    return stores;
  }

  /** How time passes between attempts. */
  public Pause pause() {
    return pause;
  }

  /** A source of randomness for each piece of work. */
  public Supplier<RandomGenerator> randoms() {
    return randoms;
  }

  /** What operators command. */
  public ControlBook controls() {
    return controls;
  }

  /**
   * Says what is known of a name of a rule, what would be decided about it now, and what would keep
   * that from being done. Writes nothing.
   *
   * @param look a hint that names nothing but the place
   * @throws dev.twinbucket.state.StateException if the state could not be asked
   */
  public JsonObject explain(RuleSet.Match match, ObjectEvent look, Deadline deadline) {
    Work work = new Work(match, look, new Invocation(deadline, ""));
    return new KeyExplanation(work, new Sight(stores, reader), new KeyLedger(state), guard)
        .explain();
  }

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
    Steps steps = new Steps(stores, reader, pause, randoms.get(), guard, work);
    LargeCopies copies = largeCopies(steps, work);
    Outcome outcome =
        copies.conclude(
            rule.direction() == Direction.TWO_WAY
                ? new TwoWayReplication(steps, copies, new KeyLedger(state), work).run()
                : new OneWayReplication(steps, copies, work).run());
    return outcome instanceof Outcome.Held held ? heldHints.keep(held, event, invocation) : outcome;
  }

  private LargeCopies largeCopies(Steps steps, Work work) {
    Party party =
        new Party(
            steps.owner(),
            work.invocation().message(),
            work.event(),
            work.invocation().deadline(),
            steps::nextWriteId);
    Subject subject =
        new Subject(
            work.rule().name(), work.name(), work.at(SideName.LEFT), work.at(SideName.RIGHT));
    return new LargeCopies(
        new Transfers(large, stores, state, queue, pause, steps.random(), party, subject),
        steps,
        work);
  }
}
