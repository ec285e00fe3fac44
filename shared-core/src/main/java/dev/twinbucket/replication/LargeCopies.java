package dev.twinbucket.replication;

import dev.twinbucket.decision.Decision;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.transfer.Advance;
import dev.twinbucket.transfer.Proof;
import dev.twinbucket.transfer.Publication;
import dev.twinbucket.transfer.TransferJob;
import dev.twinbucket.transfer.Transfers;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Copies that no single request carries, as the protocols see them: first all parts are brought
 * over, which nobody can see; then the copy is published under the decision's condition, which is
 * one write like any other.
 */
final class LargeCopies {
  private final Transfers transfers;
  private final Steps steps;
  private final Work work;
  private boolean refusedInPlace;

  LargeCopies(Transfers transfers, Steps steps, Work work) {
    this.transfers = transfers;
    this.steps = steps;
    this.work = work;
  }

  /** Whether what is to be copied is more than one request carries. */
  boolean areFor(Decision.Copy copy) {
    return !steps.reader().isSmall(copy.source().size());
  }

  /** The copy that a change of attributes takes, if the store cannot make it in place. */
  Optional<Decision.Copy> insteadOf(Decision.UpdateAttributes update) {
    Decision.Copy copy =
        new Decision.Copy(update.from(), update.source(), Optional.of(update.target()), false);
    boolean inPlace =
        !refusedInPlace
            && steps.store(update.target().location()).capabilities().attributesInPlace();
    return inPlace || !areFor(copy) ? Optional.empty() : Optional.of(copy);
  }

  /**
   * Takes note that a store cannot change attributes in place after all.
   *
   * @throws StoreException.Unsupported the same, if that is no reason to copy
   */
  void refusedInPlace(Decision.UpdateAttributes update, StoreException.Unsupported why) {
    refusedInPlace = true;
    if (insteadOf(update).isEmpty()) {
      throw why;
    }
  }

  /**
   * Brings the parts over, as far as this run can.
   *
   * @param ready what to do with a copy all of whose parts are there, and that was decided on just
   *     now
   * @return empty if everything is to be looked at anew: bringing parts over takes its time
   */
  Optional<Outcome> bring(Decision.Copy copy, Supplier<Optional<Outcome>> ready) {
    return switch (transfers.advance(job(copy))) {
      case Advance.Ready(boolean looksNew) -> looksNew ? ready.get() : Optional.empty();
      case Advance.Ended(Outcome outcome) -> Optional.of(outcome);
      case Advance.LookAgain _ -> Optional.empty();
    };
  }

  /** The write id of a copy all of whose parts are there. */
  Optional<String> ready(Decision.Copy copy) {
    return transfers.ready(job(copy));
  }

  /**
   * Publishes a copy under the decision's condition.
   *
   * @throws StoreException as a put does
   */
  Publication publish(Decision.Copy copy) {
    WriteCondition condition =
        copy.replaced()
            .map(standing -> WriteCondition.ifUnchanged(standing.version()))
            .orElseGet(WriteCondition::ifAbsent);
    SideName to = copy.from().other();
    return transfers.publish(job(copy), condition, () -> steps.gate().beforeWrite(to));
  }

  /** The outcome of a copy that was published. */
  Outcome copied(Decision.Copy copy, Proof proof) {
    ObjectSnapshot source = copy.source();
    return new Outcome.Copied(
        source.location(), work.at(copy.from().other()), source.size(), proof.words());
  }

  /** Takes note that all that follows from a publication is done. */
  void settled(Decision.Copy copy) {
    transfers.settled(job(copy));
  }

  /** Ends the run. */
  Outcome conclude(Outcome outcome) {
    boolean saidToBeLarge = !steps.reader().isSmall(work.event().size());
    return transfers.conclude(outcome, saidToBeLarge || steps.hasSeenLarge());
  }

  private TransferJob job(Decision.Copy copy) {
    SideName to = copy.from().other();
    return new TransferJob(
        work.rule().name(),
        work.name(),
        copy.source(),
        work.at(to),
        work.rule().side(to).placementFor(copy.source().storageClass()));
  }
}
