package dev.twinbucket.replication;

import dev.twinbucket.decision.Decision;
import dev.twinbucket.guard.RuleGuard;
import dev.twinbucket.guard.Verdict;
import dev.twinbucket.object.Escaping;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.Stores;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * The last question before every write of one piece of work. Whoever writes to a store, publishes
 * or deletes asks here immediately before, each time: the answer holds for this moment only.
 *
 * <p>All but {@link #beforeWork} cost a request to the state store, and throw a {@link
 * dev.twinbucket.guard.HeldBackException}, which {@link Rounds} turns into an outcome, or a {@link
 * dev.twinbucket.state.StateException}.
 */
final class Gate {
  private final RuleGuard guard;
  private final Work work;
  private final Stores stores;
  private final String owner;
  private BooleanSupplier lease = () -> true;

  Gate(RuleGuard guard, Work work, Stores stores, String owner) {
    this.guard = guard;
    this.work = work;
    this.stores = stores;
    this.owner = owner;
  }

  /**
   * From now on nothing passes without a lease: asked last, since what comes before it takes time.
   */
  void onlyUnder(BooleanSupplier held) {
    lease = held;
  }

  /** Before something is put, changed or published on that side. */
  void beforeWrite(SideName to) {
    guard.beforeWrite(work.rule(), to, now());
    requireLease();
  }

  private void requireLease() {
    if (!lease.getAsBoolean()) {
      throw new StoreException.ConditionFailed(
          "the lease on " + Escaping.forLog(work.name()) + " ran out before a write");
    }
  }

  /** Before something is deleted on that side. */
  Verdict beforeDelete(SideName at, ObjectSnapshot target) {
    Verdict verdict =
        guard.beforeDelete(
            new RuleGuard.Deletion(work.rule(), at, target, work.event(), owner),
            stores.of(target.location()),
            work.invocation().deadline());
    requireLease();
    return verdict;
  }

  /** Before bytes are read or a claim is made for what is known to be held. Asks nobody. */
  void beforeWork(Decision decision) {
    switch (decision) {
      case Decision.Copy copy -> beforeWork(copy.from().other());
      case Decision.UpdateAttributes update -> beforeWork(update.from().other());
      case Decision.Delete delete -> guard.beforeWork(work.rule(), delete.at(), true, now());
      case Decision.Adopt _,
          Decision.Read _,
          Decision.AwaitRestore _,
          Decision.InSync _,
          Decision.Leave _ -> {}
    }
  }

  /** The same for what is not a delete. */
  void beforeWork(SideName to) {
    guard.beforeWork(work.rule(), to, false, now());
  }

  private Instant now() {
    return work.invocation().deadline().clock().instant();
  }
}
