package dev.twinbucket.replication;

import dev.twinbucket.decision.Base;
import dev.twinbucket.decision.Decision;
import dev.twinbucket.decision.TwoWayDecision;
import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.outcome.FailureReason;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.rule.Mode;
import dev.twinbucket.rule.SideName;
import java.time.Instant;
import java.util.Optional;

/**
 * The protocol of two-way rules: read the base; observe; if something is to be done, claim the row;
 * observe again under the claim; decide; confirm an absence before a delete; commit conditionally;
 * move the base and release the claim in one compare-and-set. A hint that meets a claimed row waits
 * a little, then is handed over to the claim's holder.
 */
final class TwoWayReplication {
  private static final int WAITS_FOR_HOLDER = 5;

  private final Steps steps;
  private final LargeCopies large;
  private final KeyLedger ledger;
  private final Work work;
  private int waits;
  private boolean mayBeNew;

  TwoWayReplication(Steps steps, LargeCopies large, KeyLedger ledger, Work work) {
    this.steps = steps;
    this.large = large;
    this.ledger = ledger;
    this.work = work;
    this.mayBeNew = steps.mayCreateUnseen(work);
  }

  Outcome run() {
    return steps.rounds().repeat(work.invocation(), this::round);
  }

  private Optional<Outcome> round() {
    KeyLedger.Entry entry = ledger.read(work.rule(), work.name());
    Optional<Outcome> echo = echo(entry.state());
    if (echo.isPresent()) {
      return echo;
    }
    if (entry.state().isHeldBy(steps.owner())) {
      // The claim succeeded and its answer was lost.
      return underClaim(entry, false);
    }
    if (entry.state().isClaimedAt(now())) {
      return awaitHolder(entry);
    }
    if (mayBeNew && isNew(entry.state())) {
      mayBeNew = false;
      steps.gate().beforeWork(work.match().side().other());
      return claim(entry, true);
    }
    return look(entry);
  }

  /**
   * A hint that names what the base says is settled speaks of a write that is accounted for, most
   * often our own. Whatever happened since sends a hint of its own.
   */
  private Optional<Outcome> echo(KeyState state) {
    Optional<Base> base = state.base();
    if (base.isEmpty()) {
      return Optional.empty();
    }
    Optional<ObjectVersion> settled = base.get().side(work.match().side());
    ObjectEvent event = work.event();
    boolean echo =
        settled.isPresent()
            ? names(event, settled.get())
            : event.type().isRemoval() && !event.mayReveal();
    return echo
        ? Optional.of(new Outcome.InSync("the base knows what the notification speaks of"))
        : Optional.empty();
  }

  private static boolean names(ObjectEvent event, ObjectVersion settled) {
    if (event.writeId().isEmpty() || !event.writeId().equals(settled.writeId())) {
      return false;
    }
    return switch (event.type()) {
      case CREATED -> event.revision().isEmpty() || event.revision().equals(settled.revision());
      case METADATA_CHANGED -> event.revision().equals(settled.revision());
      case DELETED, EXPIRED, ARCHIVED, RESTORED -> false;
    };
  }

  private static boolean isNew(KeyState state) {
    return state.writers().isEmpty()
        && (state.base().isEmpty() || state.base().get().isTombstone());
  }

  private Optional<Outcome> look(KeyLedger.Entry entry) {
    Sight sight = steps.sight();
    Pair pair = Pair.observe(sight, work);
    Decision decision = decide(entry.state(), pair);
    return switch (decision) {
      case Decision.InSync(String why) -> Optional.of(new Outcome.InSync(why));
      case Decision.Leave(String why) -> Optional.of(new Outcome.Superseded(why));
      case Decision.AwaitRestore(var source) ->
          Optional.of(
              new Outcome.Deferred(
                  source.location() + " is archived; it follows once it is restored"));
      case Decision.Adopt(Base base, String why) ->
          pair.met(sight)
              ? ledger
                  .move(entry, KeyState.settled(base), adopted(why), now())
                  .map(_ -> adopted(why))
              : Optional.empty();
      case Decision.Read _ -> claim(entry, false);
      case Decision.Copy _, Decision.UpdateAttributes _, Decision.Delete _ ->
          work.rule().mode() == Mode.SHADOW
              ? Optional.of(Steps.shadow(decision))
              : claimFor(entry, decision);
    };
  }

  private static Outcome adopted(String why) {
    return new Outcome.InSync("adopted: " + why);
  }

  private Optional<Outcome> claimFor(KeyLedger.Entry entry, Decision decision) {
    steps.gate().beforeWork(decision);
    return largeCopy(decision)
        .map(copy -> large.bring(copy, () -> claim(entry, false)))
        .orElseGet(() -> claim(entry, false));
  }

  /** The parts of a large copy move without the claim, which is then held for the publication. */
  private Optional<Decision.Copy> largeCopy(Decision decision) {
    return switch (decision) {
      case Decision.Copy copy when large.areFor(copy) -> Optional.of(copy);
      case Decision.UpdateAttributes update -> large.insteadOf(update);
      default -> Optional.empty();
    };
  }

  private Decision decide(KeyState state, Pair pair) {
    return decide(work, state, pair);
  }

  static Decision decide(Work work, KeyState state, Pair pair) {
    return TwoWayDecision.decide(
        state.memory(removal(work)),
        new TwoWayDecision.Policies(
            work.rule().conflict(), work.rule().updateBeatsDelete(), work.deletes(pair)),
        pair.left(),
        pair.right());
  }

  private static Optional<SideName> removal(Work work) {
    EventType type = work.event().type();
    return type.isRemoval() ? Optional.of(work.match().side()) : Optional.empty();
  }

  private Optional<Outcome> claim(KeyLedger.Entry entry, boolean looksNew) {
    KeyState.Claim claim =
        new KeyState.Claim(
            steps.owner(), now().plus(ClaimedKey.LEASE), work.invocation().message());
    return ledger
        .move(entry, entry.state().claimedBy(claim), now())
        .flatMap(held -> underClaim(held, looksNew));
  }

  private Optional<Outcome> underClaim(KeyLedger.Entry held, boolean looksNew) {
    return new ClaimedKey(steps, large, ledger, work, this::decide, held).run(looksNew);
  }

  /**
   * Somebody works on this name. Most often that is over in a moment, and the base then says that
   * this hint is done. If it takes longer, the row is marked: its holder looks again before it lets
   * go, and this hint is used up. That is safe only if the holder's own message comes back should
   * the holder die, and is not the very message that is at hand: then the holder is dead already,
   * and the claim has to run out.
   */
  private Optional<Outcome> awaitHolder(KeyLedger.Entry entry) {
    if (waits < WAITS_FOR_HOLDER && steps.rounds().pausedFor(work.invocation(), waits)) {
      waits++;
      return Optional.empty();
    }
    KeyState state = entry.state();
    String holding = state.claim().orElseThrow().message();
    if (holding.isEmpty() || holding.equals(work.invocation().message()) || work.saysHowItWent()) {
      return Optional.of(
          new Outcome.Failed(FailureReason.CLAIMED, "another invocation works on this key"));
    }
    if (state.lookAgain() || ledger.move(entry, state.withLookAgain(), now()).isPresent()) {
      return Optional.of(
          new Outcome.Superseded("handed over to the invocation that works on this key"));
    }
    return Optional.empty();
  }

  private Instant now() {
    return work.invocation().deadline().clock().instant();
  }
}
