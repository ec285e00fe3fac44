package dev.twinbucket.transfer;

import dev.twinbucket.outcome.FailureReason;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.outcome.QuarantineReason;
import dev.twinbucket.state.StateException;
import dev.twinbucket.state.StateStore;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.Stores;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.time.Pause;
import dev.twinbucket.transfer.CheckpointLedger.Entry;
import dev.twinbucket.work.WorkQueue;
import dev.twinbucket.work.WorkQueueException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The large copy of one run: any number of invocations work on it at once, each can die at any
 * instant, and what the others see of it is a row of the state store and what has arrived at the
 * destination. Nothing is visible before {@link #publish}.
 *
 * <p>One instance serves one run; {@link #conclude} is its last call.
 */
public final class Transfers {
  /** So often the upload of one copy is begun anew before that is called hopeless. */
  private static final int RESTARTS_AT_MOST = 3;

  private static final int TURNS_AT_MOST = 24;

  private final Run run;
  private final Beginning beginning;
  private final Publishing publishing;
  private final Conclusion conclusion;
  private Optional<TransferJob> current = Optional.empty();
  private int carried;
  private boolean worked;
  private boolean alone = true;
  private Optional<TransferJob> settled = Optional.empty();

  /** For one run on one name. */
  public Transfers(
      LargeObjects large,
      Stores stores,
      StateStore state,
      WorkQueue queue,
      Pause pause,
      RandomGenerator random,
      Party party,
      Subject subject) {
    this.run =
        new Run(
            large,
            stores,
            new CheckpointLedger(state),
            queue,
            pause,
            random,
            party,
            new Pace(party.deadline()));
    this.beginning = new Beginning(run);
    this.publishing = new Publishing(run);
    this.conclusion = new Conclusion(run, subject);
  }

  /**
   * Gets a copy on as far as this run can: begins its transfer or joins it, and carries parts.
   *
   * @throws StoreException where that calls for another look, another attempt or another end
   */
  public Advance advance(TransferJob job) {
    current = Optional.of(job);
    int before = carried;
    Entry entry = run.ledger().read(job.rule(), job.name());
    boolean fresh = false;
    for (int turn = 0; turn < TURNS_AT_MOST; turn++) {
      if (!worked && !run.pace().allowsRequest()) {
        return failed(FailureReason.OUT_OF_TIME, "there is no time left to begin");
      }
      Optional<Checkpoint> found = entry.checkpoint().filter(job::isOf);
      Optional<Advance> unsuited = found.flatMap(this::tooLargeParts);
      if (unsuited.isPresent()) {
        return unsuited.get();
      }
      if (found.filter(this::fits).isEmpty()) {
        TransferPlan plan;
        switch (run.plan(job)) {
          case TransferPlan.Result.Fits(TransferPlan made) -> plan = made;
          case TransferPlan.Result.TooLarge(String why) -> {
            return new Advance.Ended(tooLarge(job, why));
          }
          case TransferPlan.Result.TooLittleMemory(long bytes) -> {
            return new Advance.Ended(tooLittleMemory(job, bytes));
          }
        }
        Run.Moved moved = run.move(entry, beginning.first(job, plan, entry.checkpoint()));
        entry = moved.entry();
        fresh = moved.done();
        continue;
      }
      Checkpoint checkpoint = found.get();
      if (checkpoint.phase() == Checkpoint.Phase.BEGIN) {
        Optional<Outcome> waits = waitsForLeader(checkpoint);
        if (waits.isPresent()) {
          return new Advance.Ended(waits.get());
        }
        if (leads(checkpoint)) {
          entry = beginning.begin(job, entry, fresh).entry();
        } else {
          Lease lease = run.lease(Beginning.LEASE);
          entry = run.move(entry, checkpoint.withLead(Optional.of(lease))).entry();
        }
        fresh = false;
      } else if (!checkpoint.ranges().isComplete()) {
        entry = callWorkers(run.letGo(entry));
        if (entry.checkpoint().filter(job::isOf).isPresent()) {
          Optional<Advance> end = shift(job, entry);
          if (end.isPresent()) {
            return end.get();
          }
          entry = run.ledger().read(entry);
        }
      } else if (checkpoint.phase() == Checkpoint.Phase.SUM) {
        Lease lease = run.lease(Beginning.LEASE);
        Run.Moved moved =
            run.move(entry, checkpoint.summed(checkpoint.ranges().crc().orElseThrow(), lease));
        entry = moved.entry();
        fresh = moved.done();
      } else {
        return new Advance.Ready(carried == before);
      }
    }
    return new Advance.LookAgain();
  }

  private boolean leads(Checkpoint checkpoint) {
    return checkpoint.lead().filter(l -> l.owner().equals(run.party().owner())).isPresent();
  }

  private Optional<Outcome> waitsForLeader(Checkpoint checkpoint) {
    return checkpoint.lead().filter(run::isHeldAgainst).map(lease -> Run.relyOn(List.of(lease)));
  }

  /** Whether this process can hold a part of that transfer. */
  private boolean fits(Checkpoint checkpoint) {
    return checkpoint.plan().length(1) <= run.large().budget().total();
  }

  /** Parts that are too large for this process, but not for those who are at work on them. */
  private Optional<Advance> tooLargeParts(Checkpoint checkpoint) {
    List<Lease> held = run.heldAgainst(checkpoint);
    return fits(checkpoint) || held.isEmpty()
        ? Optional.empty()
        : Optional.of(new Advance.Ended(Run.relyOn(held)));
  }

  private static Outcome tooLarge(TransferJob job, String why) {
    return new Outcome.Quarantined(
        QuarantineReason.TOO_LARGE, job.source().location() + ": " + why);
  }

  private Outcome tooLittleMemory(TransferJob job, long bytes) {
    return new Outcome.Quarantined(
        QuarantineReason.TOO_LITTLE_MEMORY,
        "%s: a part of it has %d MiB, and %d MiB of contents may be in memory here"
            .formatted(
                job.source().location(),
                Math.ceilDiv(bytes, 1L << 20),
                run.large().budget().total() >> 20));
  }

  /** Calls others to help, once, if the object is worth it. */
  private Entry callWorkers(Entry entry) {
    Checkpoint checkpoint = entry.checkpoint().orElseThrow();
    int workers = run.large().settings().workersFor(checkpoint.plan().size());
    if (checkpoint.workers() >= workers || !run.queue().isOpen()) {
      return entry;
    }
    // Written down before they are called, so that they call nobody in their turn.
    Run.Moved moved = run.move(entry, checkpoint.withWorkers(workers));
    if (moved.done()) {
      try {
        for (int i = 1; i < workers; i++) {
          run.queue().send(run.party().hint(), Duration.ZERO);
        }
      } catch (WorkQueueException e) {
        // It only takes longer: whoever runs out of time tries again.
        return moved.entry();
      }
    }
    return moved.entry();
  }

  /** One shift; empty if the row is to be read anew. */
  private Optional<Advance> shift(TransferJob job, Entry entry) {
    Shift.End end = new Shift(run, job, entry).work();
    worked = true;
    carried += end.carried();
    alone &= run.heldAgainst(end.entry().checkpoint().orElseThrow()).isEmpty();
    if (end.lost()) {
      // Parts that were on their way when it was aborted may have arrived after that.
      leaveAbandoned(entry);
      return Optional.of(new Advance.LookAgain());
    }
    if (end.failure().isPresent()) {
      return afterFailure(job, entry, end.failure().get());
    }
    Entry now = run.ledger().read(entry);
    Optional<Checkpoint> row = now.checkpoint().filter(c -> isSame(c, entry));
    if (row.isEmpty() || row.get().ranges().isComplete()) {
      return Optional.empty();
    }
    Ranges ranges = row.get().ranges();
    if (end.outOfTime()) {
      return Optional.of(
          failed(
              FailureReason.OUT_OF_TIME,
              "%s: %d of %d parts are there"
                  .formatted(
                      job.source().location(), ranges.partsDone(), row.get().plan().parts())));
    }
    boolean more = ranges.partsToTake(run.party().owner(), run.party().message(), run.now()) > 0;
    return more
        ? Optional.empty()
        : Optional.of(new Advance.Ended(Run.relyOn(run.heldAgainst(row.get()))));
  }

  private Optional<Advance> afterFailure(TransferJob job, Entry entry, RuntimeException failure) {
    return switch (failure) {
      case SourceChanged changed -> {
        run.drop(entry);
        throw changed.reason();
      }
      case StoreException.UploadNotFound gone -> restart(job, entry, gone).map(Advance.Ended::new);
      default -> throw failure;
    };
  }

  private static boolean isSame(Checkpoint now, Entry before) {
    Checkpoint then = before.checkpoint().orElseThrow();
    return now.writeId().equals(then.writeId()) && now.phase() == then.phase();
  }

  private void leaveAbandoned(Entry entry) {
    Entry now = run.ledger().read(entry);
    if (now.checkpoint().filter(c -> isSame(c, entry)).isEmpty()) {
      entry.checkpoint().flatMap(Checkpoint::upload).ifPresent(u -> run.abort(List.of(u)));
    }
  }

  /**
   * Publishes the copy if all its parts are there.
   *
   * @param condition what must hold at the destination
   * @param gate asked immediately before; what it throws keeps the copy from being published
   * @throws StoreException as the store's completion, unless a look shows that it succeeded
   */
  public Publication publish(TransferJob job, WriteCondition condition, Runnable gate) {
    current = Optional.of(job);
    Entry entry = run.ledger().read(job.rule(), job.name());
    Optional<Checkpoint> ready = entry.checkpoint().filter(row -> isReady(job, row));
    if (ready.isEmpty()) {
      return new Publication.NotReady();
    }
    Optional<Outcome> waits = waitsForLeader(ready.get());
    if (waits.isPresent()) {
      return new Publication.Ended(waits.get());
    }
    if (!run.pace().allowsRequest()) {
      return new Publication.Ended(
          new Outcome.Failed(
              FailureReason.OUT_OF_TIME,
              job.source().location() + ": all parts are there, and no time to publish them"));
    }
    Lease lease = run.lease(Publishing.LEASE);
    Run.Moved led = run.move(entry, ready.get().withLead(Optional.of(lease)));
    if (!led.done()) {
      return new Publication.NotReady();
    }
    try {
      return publishing.publish(job, led.entry(), condition, gate);
    } catch (StoreException.UploadNotFound | StoreException.IntegrityMismatch e) {
      Optional<Outcome> hopeless = restart(job, led.entry(), e);
      if (hopeless.isPresent()) {
        return new Publication.Ended(hopeless.get());
      }
      throw e;
    }
  }

  /** The write id that this copy's stamp carries, if all its parts are there. */
  public Optional<String> ready(TransferJob job) {
    return run.ledger()
        .read(job.rule(), job.name())
        .checkpoint()
        .filter(row -> isReady(job, row))
        .map(Checkpoint::writeId);
  }

  private static boolean isReady(TransferJob job, Checkpoint row) {
    return job.isOf(row) && row.phase() == Checkpoint.Phase.MOVE && row.ranges().isComplete();
  }

  /** The upload is of no more use: another one is begun, unless that was done too often already. */
  private Optional<Outcome> restart(TransferJob job, Entry seen, StoreException why) {
    Entry entry = run.ledger().read(seen);
    Optional<Checkpoint> row = entry.checkpoint().filter(c -> isSame(c, seen));
    if (row.isEmpty()) {
      return Optional.empty();
    }
    if (row.get().restarts() >= RESTARTS_AT_MOST) {
      return Optional.of(
          new Outcome.Quarantined(
              QuarantineReason.NO_PROGRESS,
              "its upload was begun %d times; the last one: %s"
                  .formatted(row.get().restarts() + 1, why.getMessage())));
    }
    run.move(entry, beginning.first(job, row.get().plan(), row));
    return Optional.empty();
  }

  /** Takes note that a copy was published, and that all that follows from it is done. */
  public void settled(TransferJob job) {
    settled = Optional.of(job);
  }

  /**
   * Ends the run: calls another invocation to go on with what this one has begun, counts runs that
   * got nothing done, and drops a transfer that nobody wants any more.
   *
   * @param outcome of the run so far
   * @param concernsLarge whether the hint or what was seen was too large for one request
   * @return the outcome of the run
   */
  public Outcome conclude(Outcome outcome, boolean concernsLarge) {
    try {
      switch (outcome) {
        case Outcome.Failed failed when carried > 0 -> {
          return conclusion.goOn(failed, alone);
        }
        case Outcome.Failed failed when worked && current.isPresent() -> {
          return conclusion.countIdle(current.get(), failed);
        }
        case Outcome.Failed _, Outcome.Held _ -> {
          return outcome;
        }
        case Outcome.Quarantined _ when current.isPresent() -> conclusion.drop(current.get());
        default -> {
          if (settled.isPresent()) {
            conclusion.forget(settled.get());
          } else if (concernsLarge) {
            conclusion.tidy();
          }
        }
      }
      return outcome;
    } catch (StateException e) {
      return unfinished(outcome, FailureReason.STATE_UNAVAILABLE, e);
    } catch (StoreException e) {
      return unfinished(outcome, FailureReason.UNAVAILABLE, e);
    }
  }

  private static Outcome unfinished(Outcome outcome, FailureReason reason, RuntimeException e) {
    return outcome instanceof Outcome.Failed
        ? outcome
        : new Outcome.Failed(
            reason,
            "ended as %s, and what it leaves behind is still there: %s"
                .formatted(outcome.label(), e.getMessage()));
  }

  private static Advance failed(FailureReason reason, String detail) {
    return new Advance.Ended(new Outcome.Failed(reason, detail));
  }
}
