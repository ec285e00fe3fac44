package dev.twinbucket.transfer;

import dev.twinbucket.object.ContentComparison;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.Observation;
import dev.twinbucket.object.Observation.Present;
import dev.twinbucket.outcome.FailureReason;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.outcome.QuarantineReason;
import dev.twinbucket.transfer.CheckpointLedger.Entry;
import dev.twinbucket.work.WorkQueueException;
import java.time.Duration;
import java.util.Optional;

/** What is left to do about a run's transfer once it is known how the run ended. */
final class Conclusion {
  /** So many invocations in a row may fail to get anything done. */
  private static final int IDLE_AT_MOST = 4;

  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(20);

  private final Run run;
  private final Subject subject;

  Conclusion(Run run, Subject subject) {
    this.run = run;
    this.subject = subject;
  }

  /**
   * Calls another invocation to go on with what this one has begun. First everything is given back:
   * the message at hand is used up then, and nobody may rely on it any more.
   *
   * @param alone whether no other invocation was seen at work
   */
  Outcome goOn(Outcome.Failed failed, boolean alone) {
    Duration delay =
        switch (failed.reason()) {
          case OUT_OF_TIME -> Duration.ZERO;
          case THROTTLED, UNAVAILABLE ->
              AFTER_TROUBLE.compareTo(run.queue().longestDelay()) < 0
                  ? AFTER_TROUBLE
                  : run.queue().longestDelay();
          default -> Duration.ofMillis(-1);
        };
    if (delay.isNegative()) {
      return failed;
    }
    if (!run.queue().isOpen()) {
      return new Outcome.Failed(
          FailureReason.UNFINISHED, failed.detail() + "; there is no work queue to go on by");
    }
    Entry entry = run.letGo(entry());
    try {
      int copies = alone ? workersLeft(entry) : 1;
      for (int i = 0; i < copies; i++) {
        run.queue().send(run.party().hint(), delay);
      }
      return new Outcome.Deferred(failed.detail() + "; it goes on in another invocation");
    } catch (WorkQueueException e) {
      return new Outcome.Failed(
          FailureReason.UNFINISHED,
          failed.detail() + "; no other invocation could be called: " + e.getMessage());
    }
  }

  /** As many as what is left is worth, of those that were called in the beginning. */
  private int workersLeft(Entry entry) {
    return entry
        .checkpoint()
        .filter(row -> row.workers() > 1)
        .map(
            row ->
                Math.min(
                    row.workers(),
                    run.large()
                        .settings()
                        .workersFor(row.plan().size() - row.ranges().bytesDone())))
        .orElse(1);
  }

  /**
   * Counts an invocation that got nothing done though it had the time; past the limit the transfer
   * is hopeless. Outages are not counted: they end, and what waits for their end must not be lost.
   */
  Outcome countIdle(TransferJob job, Outcome.Failed failed) {
    boolean counts =
        failed.reason() == FailureReason.OUT_OF_TIME
            || failed.reason() == FailureReason.INTEGRITY_MISMATCH;
    Entry entry = entry();
    Optional<Checkpoint> row = entry.checkpoint().filter(job::isOf);
    if (!counts || !run.pace().hadTime() || row.isEmpty()) {
      return failed;
    }
    int idle = row.get().idle() + 1;
    if (idle < IDLE_AT_MOST) {
      run.ledger().move(entry, row.get().withIdle(idle), run.now());
      return failed;
    }
    run.drop(entry);
    return new Outcome.Quarantined(
        QuarantineReason.NO_PROGRESS,
        "%d invocations in a row got nothing done; the last one: %s"
            .formatted(idle, failed.detail()));
  }

  /** Drops this copy's transfer: it can never be. */
  void drop(TransferJob job) {
    Entry entry = entry();
    if (entry.checkpoint().filter(job::isOf).isPresent()) {
      run.drop(entry);
    }
  }

  /** Forgets this copy's transfer: it was published, and its upload is no more. */
  void forget(TransferJob job) {
    Entry entry = entry();
    if (entry.checkpoint().filter(job::isOf).isPresent()) {
      run.forget(entry);
    }
  }

  /**
   * Drops a transfer that nobody wants any more: its source's version is not current, or its copy
   * is there.
   */
  void tidy() {
    Entry entry = run.letGo(entry());
    if (entry.checkpoint().isEmpty()) {
      return;
    }
    Observation left = look(subject.left());
    Observation right = look(subject.right());
    Checkpoint row = entry.checkpoint().get();
    if (!isWanted(row, left, right) && !isWanted(row, right, left)) {
      run.drop(entry);
    }
  }

  private Observation look(ObjectLocation location) {
    return run.stores().of(location).observe(location);
  }

  private static boolean isWanted(Checkpoint row, Observation source, Observation destination) {
    if (!(source instanceof Present(ObjectSnapshot now)) || !now.version().sameAs(row.version())) {
      return false;
    }
    return !(destination instanceof Present(ObjectSnapshot there)) || !isCopy(row, now, there);
  }

  private static boolean isCopy(Checkpoint row, ObjectSnapshot source, ObjectSnapshot there) {
    boolean ours =
        there.provenance().filter(stamp -> stamp.writeId().equals(row.writeId())).isPresent();
    return ours
        || (source.compareContent(there) == ContentComparison.EQUAL
            && source.attributes().equals(there.attributes()));
  }

  private Entry entry() {
    return run.ledger().read(subject.rule(), subject.name());
  }
}
