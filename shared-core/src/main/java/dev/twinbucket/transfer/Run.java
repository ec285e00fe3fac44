package dev.twinbucket.transfer;

import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.outcome.FailureReason;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.store.MultipartUploads;
import dev.twinbucket.store.Stores;
import dev.twinbucket.store.Upload;
import dev.twinbucket.time.Pause;
import dev.twinbucket.transfer.CheckpointLedger.Entry;
import dev.twinbucket.work.WorkQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** What the parts of one run's work on transfers share. */
record Run(
    LargeObjects large,
    Stores stores,
    CheckpointLedger ledger,
    WorkQueue queue,
    Pause pause,
    RandomGenerator random,
    Party party,
    Pace pace) {
  Instant now() {
    return party.deadline().clock().instant();
  }

  MultipartUploads uploads(ObjectLocation destination) {
    return stores.of(destination).multipart();
  }

  Lease lease(Duration length) {
    return Lease.of(party.owner(), now().plus(length), party.message());
  }

  boolean isHeldAgainst(Lease lease) {
    return lease.isHeldAgainst(party.owner(), party.message(), now());
  }

  List<Lease> heldAgainst(Checkpoint checkpoint) {
    return checkpoint.ranges().heldAgainst(party.owner(), party.message(), now());
  }

  /** Moves a row on, or reads what it became in somebody else's hands. */
  Moved move(Entry entry, Checkpoint next) {
    Optional<Entry> moved = ledger.move(entry, next, now());
    return new Moved(moved.isPresent(), moved.orElseGet(() -> ledger.read(entry)));
  }

  /**
   * What became of an attempt to move a row.
   *
   * @param done whether it is this attempt's
   * @param entry the row as it is now
   */
  record Moved(boolean done, Entry entry) {}

  /**
   * Aborts uploads; those of stores that are no longer configured are left to their buckets'
   * lifecycle.
   */
  void abort(List<Upload> uploads) {
    for (Upload upload : uploads) {
      if (stores.byName().containsKey(upload.destination().bucket().store())) {
        uploads(upload.destination()).abort(upload);
      }
    }
  }

  /** Aborts an upload that was begun and not written down, if this row's could have been. */
  void abortUnrecorded(Checkpoint row) {
    if (row.phase() == Checkpoint.Phase.BEGIN
        && stores.byName().containsKey(row.destination().bucket().store())) {
      abort(Unrecorded.uploads(this, row));
    }
  }

  /** Aborts what a transfer's row knows of, then forgets the row, unless it is another's by now. */
  void drop(Entry seen) {
    end(
        seen,
        checkpoint -> {
          abortUnrecorded(checkpoint);
          abort(checkpoint.uploads());
        });
  }

  /** Forgets a transfer's row, whose upload has become an object, unless it is another's by now. */
  void forget(Entry seen) {
    end(seen, _ -> {});
  }

  private void end(Entry seen, Consumer<Checkpoint> before) {
    Optional<String> writeId = seen.checkpoint().map(Checkpoint::writeId);
    Entry entry = ledger.read(seen);
    while (entry.checkpoint().isPresent()
        && entry.checkpoint().map(Checkpoint::writeId).equals(writeId)) {
      before.accept(entry.checkpoint().get());
      if (ledger.remove(entry)) {
        return;
      }
      entry = ledger.read(entry);
    }
  }

  /**
   * Gives back whatever a row says that this run holds: others may rely on a holder only as long as
   * its message comes back.
   *
   * @return the row as it is then
   */
  Entry letGo(Entry seen) {
    Entry entry = seen;
    while (entry.checkpoint().isPresent()) {
      Checkpoint row = entry.checkpoint().get();
      Ranges ranges = row.ranges().settle(party.owner(), Map.of(), new Ranges.Rest.GiveBack());
      Optional<Lease> lead = row.lead().filter(l -> !l.owner().equals(party.owner()));
      if (ranges.equals(row.ranges()) && lead.equals(row.lead())) {
        return entry;
      }
      Moved moved = move(entry, row.withRanges(ranges).withLead(lead));
      if (moved.done()) {
        return moved.entry();
      }
      entry = moved.entry();
    }
    return entry;
  }

  /** The outcome for whoever leaves the work to those who hold these leases. */
  static Outcome relyOn(List<Lease> leases) {
    return leases.stream().anyMatch(lease -> !lease.message().isEmpty())
        ? new Outcome.Superseded("handed over to the invocations that work on this object")
        : new Outcome.Failed(
            FailureReason.CLAIMED, "another invocation works on this object, and may never end");
  }

  TransferPlan.Result plan(TransferJob job) {
    return large.settings().plan(job.source().size(), uploads(job.destination()), large.budget());
  }
}
