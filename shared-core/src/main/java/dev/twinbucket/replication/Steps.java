package dev.twinbucket.replication;

import dev.twinbucket.decision.Decision;
import dev.twinbucket.guard.RuleGuard;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.rule.Mode;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.Stores;
import dev.twinbucket.time.Pause;
import dev.twinbucket.transfer.ContentReader;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** What one piece of work is done with. One instance serves one run of one protocol. */
final class Steps {
  /** What an operator's discard makes of a delete. */
  static final String DISCARDED = "an operator has discarded this delete; the other side stays";

  /** What an operator's discard makes of a hint that is not the deletion's own. */
  static final String LEFT_TO_ITS_OWN =
      "an operator has discarded deletes of its time; the deletion's own notification will tell";

  private final Stores stores;
  private final ContentReader reader;
  private final Rounds rounds;
  private final Copying copying;
  private final Gate gate;
  private final String owner;
  private final AtomicInteger writes = new AtomicInteger();
  private final RandomGenerator random;
  private boolean large;

  Steps(
      Stores stores,
      ContentReader reader,
      Pause pause,
      RandomGenerator random,
      RuleGuard guard,
      Work work) {
    this.stores = stores;
    this.reader = reader;
    this.rounds = new Rounds(pause, random);
    this.random = random;
    this.owner = Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX);
    this.gate = new Gate(guard, work, stores, owner);
    this.copying = new Copying(stores, reader, gate, work);
  }

  /** This run's own name: the owner of its claims, and the first part of its write ids. */
  String owner() {
    return owner;
  }

  String nextWriteId() {
    return owner + "." + writes.incrementAndGet();
  }

  /** Whether a stamp's write id is one of this run's. */
  boolean hasMade(String writeId) {
    return writeId.startsWith(owner + ".");
  }

  RandomGenerator random() {
    return random;
  }

  /** Whether this run has tried to write anything yet. */
  boolean hasWritten() {
    return writes.get() > 0;
  }

  ObjectStore store(ObjectLocation location) {
    return stores.of(location);
  }

  ContentReader reader() {
    return reader;
  }

  Rounds rounds() {
    return rounds;
  }

  Copying copying() {
    return copying;
  }

  /** What is asked immediately before every write that is not {@link Copying}'s. */
  Gate gate() {
    return gate;
  }

  Sight sight() {
    return new Sight(stores, reader, this::saw);
  }

  /** Whether anything was seen that is more than one request carries. */
  boolean hasSeenLarge() {
    return large;
  }

  private void saw(ObjectSnapshot object) {
    large |= !reader.isSmall(object.size());
  }

  /**
   * Whether to create at once what may be new, without a look: only where the store itself refuses
   * to replace what stands there already.
   */
  boolean mayCreateUnseen(Work work) {
    return work.looksNew()
        && reader.isSmall(work.event().size())
        && work.rule().mode() == Mode.LIVE
        && store(work.at(work.match().side().other())).capabilities().conditionalWrites();
  }

  static boolean writes(Decision decision) {
    return switch (decision) {
      case Decision.Copy _, Decision.UpdateAttributes _, Decision.Delete _ -> true;
      case Decision.Adopt _,
          Decision.Read _,
          Decision.AwaitRestore _,
          Decision.InSync _,
          Decision.Leave _ ->
          false;
    };
  }

  static Outcome shadow(Decision decision) {
    return new Outcome.Superseded(
        switch (decision) {
          case Decision.Copy copy -> "shadow: would copy " + copy.source().location();
          case Decision.UpdateAttributes update ->
              "shadow: would update the metadata of " + update.target().location();
          case Decision.Delete delete -> "shadow: would delete " + delete.target().location();
          default -> throw new IllegalStateException("writes nothing: " + decision);
        });
  }
}
