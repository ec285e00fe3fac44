package dev.twinbucket.replication;

import dev.twinbucket.decision.Base;
import dev.twinbucket.decision.Decision;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation.Present;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.outcome.FailureReason;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.transfer.Proof;
import dev.twinbucket.transfer.Publication;
import dev.twinbucket.transfer.SmallContent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The part of the two-way protocol that runs under a claim. It writes nothing once its lease has
 * less left than its requests may take, and whatever way it ends, it lets go: with a moved base, or
 * with its name among the writers whose stamps stand in for the base.
 */
final class ClaimedKey {
  /** How long a claim holds before others may take it over; renewed while its holder goes on. */
  static final Duration LEASE = Duration.ofMinutes(2);

  /** A request may take so long, and another's clock may be ahead by as much. */
  private static final Duration LEASE_FOR_WRITE = Rounds.LONGEST_REQUEST.multipliedBy(2);

  /** The same while a large copy is published, which takes longer than other requests. */
  static final Duration PUBLISHING_LEASE = Duration.ofMinutes(5);

  private final Steps steps;
  private final LargeCopies large;
  private final KeyLedger ledger;
  private final Work work;
  private final BiFunction<KeyState, Pair, Decision> decider;
  private final Sight sight;
  private KeyLedger.Entry held;
  private boolean lost;
  private boolean partsMissing;

  /** The last write of the row got no answer: it may have let go of the claim. */
  private boolean unsure;

  ClaimedKey(
      Steps steps,
      LargeCopies large,
      KeyLedger ledger,
      Work work,
      BiFunction<KeyState, Pair, Decision> decider,
      KeyLedger.Entry held) {
    this.steps = steps;
    this.large = large;
    this.ledger = ledger;
    this.work = work;
    this.decider = decider;
    this.sight = steps.sight();
    this.held = held;
    steps.gate().onlyUnder(this::outlastsRequest);
  }

  /** Works until the key is settled; empty if everything is to be looked at anew. */
  Optional<Outcome> run(boolean looksNew) {
    boolean[] first = {looksNew};
    Outcome outcome =
        steps
            .rounds()
            .repeat(
                work.invocation(),
                () -> {
                  if (!stillHolds()) {
                    return gone();
                  }
                  boolean create = first[0];
                  first[0] = false;
                  return create ? createIfNew() : look();
                });
    boolean marked = !lost && letGo(outcome);
    return lost || partsMissing || (marked && isLastWord(outcome))
        ? Optional.empty()
        : Optional.of(outcome);
  }

  /** Nothing is seen, let alone written, under a claim that a write without an answer let go of. */
  private boolean stillHolds() {
    if (unsure) {
      held = ledger.read(work.rule(), work.name());
      unsure = false;
    }
    return held.state().isHeldBy(steps.owner());
  }

  private Optional<KeyLedger.Entry> move(KeyLedger.Entry from, KeyState next) {
    unsure = true;
    Optional<KeyLedger.Entry> moved = ledger.move(from, next, now());
    unsure = false;
    return moved;
  }

  /** A hint that was handed over is not to wait for what is held or comes back. */
  private static boolean isLastWord(Outcome outcome) {
    return outcome.isTerminal() || outcome instanceof Outcome.Held;
  }

  /**
   * Releases a claim that is still held.
   *
   * @return whether a hint was handed over meanwhile, which nobody has looked at yet
   */
  private boolean letGo(Outcome outcome) {
    boolean marked = false;
    while (held.state().isHeldBy(steps.owner())) {
      marked |= held.state().lookAgain();
      KeyState free = held.state().released(steps.owner(), steps.hasWritten());
      Optional<KeyLedger.Entry> moved =
          partsMissing ? ledger.move(held, free, now()) : ledger.move(held, free, outcome, now());
      held = moved.orElseGet(() -> ledger.read(work.rule(), work.name()));
    }
    return marked;
  }

  /**
   * Whether there is a lease for one more request; renews it if not. False if what was seen under
   * it no longer counts: somebody else has taken the row, or a hint was handed over meanwhile, or
   * the lease ran out. Then others may have looked, found nothing to do, and used up their hints,
   * all without taking the row.
   */
  private boolean mayWrite() {
    KeyState.Claim claim = held.state().claim().orElseThrow();
    Duration left = Duration.between(now(), claim.until());
    // The gate's question follows, then the write.
    if (left.compareTo(LEASE_FOR_WRITE.plus(Rounds.LONGEST_REQUEST)) >= 0) {
      return true;
    }
    KeyState.Claim renewed = new KeyState.Claim(claim.owner(), now().plus(LEASE), claim.message());
    Optional<KeyLedger.Entry> moved = move(held, held.state().claimedBy(renewed));
    if (moved.isPresent()) {
      held = moved.get();
      return left.compareTo(Rounds.LONGEST_REQUEST) >= 0;
    }
    lost = !takesNote();
    return false;
  }

  private boolean outlastsRequest() {
    return held.state()
        .claim()
        .filter(claim -> !claim.until().isBefore(now().plus(LEASE_FOR_WRITE)))
        .isPresent();
  }

  /** Nothing may be written now. */
  private Optional<Outcome> lookAgain() {
    return lost ? gone() : Optional.empty();
  }

  /** A row that moved and is still ours was marked for a hint that was handed over. */
  private boolean takesNote() {
    KeyLedger.Entry current = ledger.read(work.rule(), work.name());
    if (current.state().isHeldBy(steps.owner())) {
      KeyState.Claim renewed =
          new KeyState.Claim(steps.owner(), now().plus(LEASE), work.invocation().message());
      Optional<KeyLedger.Entry> moved = move(current, current.state().claimedBy(renewed));
      moved.ifPresent(entry -> held = entry);
      return moved.isPresent();
    }
    return false;
  }

  private Optional<Outcome> gone() {
    lost = true;
    return Optional.of(new Outcome.Failed(FailureReason.CLAIMED, "the claim was taken over"));
  }

  private Optional<Outcome> createIfNew() {
    SideName from = work.match().side();
    Optional<SmallContent> read =
        steps.reader().readIfSmall(steps.store(work.at(from)), work.at(from));
    if (read.isEmpty()) {
      return Optional.empty();
    }
    try (SmallContent content = read.get()) {
      if (content.snapshot().provenance().filter(this::speaksOfThisName).isPresent()) {
        return Optional.empty();
      }
      if (!mayWrite()) {
        return lookAgain();
      }
      ObjectVersion made =
          steps
              .copying()
              .put(content, from.other(), WriteCondition.ifAbsent(), steps.nextWriteId());
      return copied(from, content.snapshot(), made);
    }
  }

  private boolean speaksOfThisName(Provenance stamp) {
    return stamp.names(work.at(work.match().side().other()));
  }

  private Optional<Outcome> look() {
    Pair pair = Pair.observe(sight, work);
    return switch (decider.apply(held.state(), pair)) {
      case Decision.Copy copy -> copy(copy);
      case Decision.UpdateAttributes update -> updateAttributes(update);
      case Decision.Delete delete -> delete(delete);
      case Decision.Adopt(Base base, String why) ->
          pair.met(sight) ? settle(base, new Outcome.InSync("adopted: " + why)) : Optional.empty();
      case Decision.Read(_, ObjectSnapshot object) -> {
        sight.read(object);
        yield Optional.empty();
      }
      case Decision.InSync(String why) -> {
        Outcome inSync = new Outcome.InSync(why);
        yield held.state().base().isPresent()
            ? settle(held.state().base().get(), inSync)
            : Optional.of(inSync);
      }
      case Decision.Leave(String why) -> Optional.of(new Outcome.Superseded(why));
      case Decision.AwaitRestore(ObjectSnapshot source) ->
          Optional.of(
              new Outcome.Deferred(
                  source.location() + " is archived; it follows once it is restored"));
    };
  }

  private Optional<Outcome> copy(Decision.Copy copy) {
    if (large.areFor(copy)) {
      return publish(copy);
    }
    SideName to = copy.from().other();
    if (copy.keepReplaced()) {
      if (!mayWrite()) {
        return lookAgain();
      }
      steps.copying().keep(to, copy.replaced().orElseThrow());
    }
    WriteCondition condition =
        copy.replaced()
            .map(standing -> WriteCondition.ifUnchanged(standing.version()))
            .orElseGet(WriteCondition::ifAbsent);
    try (SmallContent content =
        steps.reader().read(steps.store(copy.source().location()), copy.source())) {
      if (!mayWrite()) {
        return lookAgain();
      }
      ObjectVersion made = steps.copying().put(content, to, condition, steps.nextWriteId());
      return copied(copy.from(), copy.source(), made);
    }
  }

  /** A copy whose parts are all there is one write like any other; it only may take longer. */
  private Optional<Outcome> publish(Decision.Copy copy) {
    Optional<String> writeId = large.ready(copy);
    if (writeId.isEmpty()) {
      return bringPartsFirst();
    }
    if (copy.keepReplaced()) {
      steps.copying().keep(copy.from().other(), copy.replaced().orElseThrow());
    }
    if (!announces(writeId.get())) {
      return lookAgain();
    }
    return switch (large.publish(copy)) {
      case Publication.Published(ObjectVersion made, Proof proof, _) -> {
        Optional<Outcome> outcome =
            settle(baseOf(copy.from(), copy.source(), made), large.copied(copy, proof));
        if (outcome.isPresent() && !lost) {
          large.settled(copy);
        }
        yield outcome;
      }
      case Publication.Ended(Outcome outcome) -> Optional.of(outcome);
      case Publication.NotReady _ -> bringPartsFirst();
    };
  }

  private Optional<Outcome> bringPartsFirst() {
    partsMissing = true;
    return Optional.of(new Outcome.Failed(FailureReason.UNSTABLE, "its parts are not there yet"));
  }

  /**
   * Names the one who began the upload among the writers, since the stamp names him, and makes the
   * claim last for the publication.
   */
  private boolean announces(String writeId) {
    String writer = writeId.substring(0, writeId.lastIndexOf('.'));
    Duration left = Duration.between(now(), held.state().claim().orElseThrow().until());
    KeyState.Claim longer =
        new KeyState.Claim(
            steps.owner(), now().plus(PUBLISHING_LEASE), work.invocation().message());
    Optional<KeyLedger.Entry> moved = move(held, held.state().claimedBy(longer).announcing(writer));
    if (moved.isPresent()) {
      held = moved.get();
      return left.compareTo(Rounds.LONGEST_REQUEST) >= 0;
    }
    lost = !takesNote();
    return false;
  }

  private Optional<Outcome> copied(SideName from, ObjectSnapshot source, ObjectVersion made) {
    return settle(
        baseOf(from, source, made),
        new Outcome.Copied(source.location(), work.at(from.other()), source.size()));
  }

  private static Base baseOf(SideName from, ObjectSnapshot source, ObjectVersion made) {
    return Base.TOMBSTONE
        .with(from, Optional.of(source.version()))
        .with(from.other(), Optional.of(made));
  }

  private Optional<Outcome> updateAttributes(Decision.UpdateAttributes update) {
    Optional<Decision.Copy> instead = large.insteadOf(update);
    if (instead.isPresent()) {
      return publish(instead.get());
    }
    SideName to = update.from().other();
    if (!mayWrite()) {
      return lookAgain();
    }
    ObjectVersion made;
    try {
      made =
          steps
              .copying()
              .updateAttributes(update.source(), update.target(), to, steps.nextWriteId());
    } catch (StoreException.Unsupported e) {
      large.refusedInPlace(update, e);
      return bringPartsFirst();
    }
    return settle(
        baseOf(update.from(), update.source(), made),
        new Outcome.MetadataUpdated(update.source().location(), update.target().location()));
  }

  private Optional<Outcome> delete(Decision.Delete delete) {
    // Seen absent before its counterpart was seen, it may have come back since: the absence is
    // confirmed after.
    if (sight.observe(work.at(delete.at().other())) instanceof Present) {
      return Optional.empty();
    }
    // Before the gate, which lets nothing pass without a lease and counts what it lets pass.
    if (!mayWrite()) {
      return lookAgain();
    }
    return switch (steps.gate().beforeDelete(delete.at(), delete.target())) {
      case GO -> deleteNow(delete);
      case LOOK_AGAIN -> Optional.empty();
      case DISCARD ->
          settle(
              Base.TOMBSTONE.with(delete.at(), Optional.of(delete.target().version())),
              new Outcome.Superseded(Steps.DISCARDED));
      case LEAVE -> Optional.of(new Outcome.Superseded(Steps.LEFT_TO_ITS_OWN));
    };
  }

  private Optional<Outcome> deleteNow(Decision.Delete delete) {
    if (delete.keep()) {
      steps.copying().keep(delete.at(), delete.target());
      if (!mayWrite()) {
        return lookAgain();
      }
      steps.gate().beforeWrite(delete.at());
    }
    steps
        .store(delete.target().location())
        .delete(delete.target().location(), WriteCondition.ifUnchanged(delete.target().version()));
    return settle(Base.TOMBSTONE, new Outcome.Deleted(delete.target().location()));
  }

  /** Moves the base and releases the claim in one step; another round if a hint was handed over. */
  private Optional<Outcome> settle(Base base, Outcome outcome) {
    unsure = true;
    Optional<KeyLedger.Entry> moved = ledger.move(held, KeyState.settled(base), outcome, now());
    unsure = false;
    if (moved.isPresent()) {
      held = moved.get();
      return Optional.of(outcome);
    }
    return takesNote() ? Optional.empty() : gone();
  }

  private Instant now() {
    return work.invocation().deadline().clock().instant();
  }
}
