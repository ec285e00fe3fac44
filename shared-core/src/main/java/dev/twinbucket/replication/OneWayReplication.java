package dev.twinbucket.replication;

import dev.twinbucket.decision.Decision;
import dev.twinbucket.decision.OneWayDecision;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.Observation;
import dev.twinbucket.object.Observation.Absent;
import dev.twinbucket.object.Observation.Present;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.rule.DeletePolicy;
import dev.twinbucket.rule.Mode;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.transfer.Proof;
import dev.twinbucket.transfer.Publication;
import dev.twinbucket.transfer.SmallContent;
import java.util.Optional;

/**
 * The protocol of one-way rules, without any state: observe the destination, then the source,
 * decide, read pinned, commit conditionally, and look at the source once more. Without that last
 * look a slow copy could land after the deletion of its source was handled, and nobody would ever
 * own the replica.
 *
 * <p>The order of the two observations matters: an absent source condemns a replica only if it was
 * seen absent after the replica was seen.
 */
final class OneWayReplication {
  private final Steps steps;
  private final LargeCopies large;
  private final Work work;
  private final SideName from;
  private final Sight sight;
  private final ObjectLocation source;
  private final ObjectLocation destination;
  private boolean mayBeNew;
  private boolean created;
  private String published = "";
  private Optional<SmallContent> inMemory = Optional.empty();

  OneWayReplication(Steps steps, LargeCopies large, Work work) {
    this.steps = steps;
    this.large = large;
    this.work = work;
    this.from = work.match().side();
    this.sight = steps.sight();
    this.source = work.at(from);
    this.destination = work.at(from.other());
    this.mayBeNew = steps.mayCreateUnseen(work);
  }

  Outcome run() {
    try {
      return steps.rounds().repeat(work.invocation(), this::round);
    } finally {
      dropBytes();
    }
  }

  private Optional<Outcome> round() {
    if (mayBeNew) {
      mayBeNew = false;
      return createIfNew();
    }
    Observation standing = sight.observe(destination);
    return act(sight.observe(source), standing);
  }

  /** The bytes stay in memory: if something stands there already, they may be what replaces it. */
  private Optional<Outcome> createIfNew() {
    steps.gate().beforeWork(from.other());
    inMemory = steps.reader().readIfSmall(steps.store(source), source);
    if (inMemory.isEmpty()) {
      return Optional.empty();
    }
    SmallContent content = inMemory.get();
    created = true;
    steps.copying().put(content, from.other(), WriteCondition.ifAbsent(), steps.nextWriteId());
    return settled(content.snapshot(), copied(content.snapshot()));
  }

  private Optional<Outcome> act(Observation original, Observation standing) {
    Decision decision =
        OneWayDecision.decide(from, original, standing, rule().foreign(), deletes(standing));
    if (rule().mode() == Mode.SHADOW && Steps.writes(decision)) {
      return Optional.of(Steps.shadow(decision));
    }
    steps.gate().beforeWork(decision);
    if (!(decision instanceof Decision.Copy)) {
      dropBytes();
    }
    return switch (decision) {
      case Decision.Copy copy -> copy(copy);
      case Decision.UpdateAttributes update -> updateAttributes(update);
      case Decision.Delete(_, ObjectSnapshot target, _) -> delete(original, target);
      case Decision.Read(_, ObjectSnapshot object) -> {
        sight.read(object);
        yield Optional.empty();
      }
      case Decision.AwaitRestore _ ->
          Optional.of(
              new Outcome.Deferred(source + " is archived; it follows once it is restored"));
      case Decision.InSync(String why) -> Optional.of(new Outcome.InSync(why));
      case Decision.Leave(String why) -> Optional.of(new Outcome.Superseded(why));
      case Decision.Adopt(_, String why) -> Optional.of(new Outcome.InSync(why));
    };
  }

  /**
   * What becomes of this replica if its source is gone. One that this very run has created was not
   * there when the deletion's own hint was handled, and nobody would miss it: it goes even if the
   * hint at hand cannot tell a deletion from an expiry.
   */
  private DeletePolicy deletes(Observation standing) {
    boolean made =
        created
            && standing
                .object()
                .flatMap(ObjectSnapshot::provenance)
                .map(Provenance::writeId)
                .filter(id -> steps.hasMade(id) || id.equals(published))
                .isPresent();
    return made ? rule().deletes() : work.deletes().orElse(DeletePolicy.KEEP);
  }

  private Optional<Outcome> copy(Decision.Copy copy) {
    ObjectSnapshot original = copy.source();
    if (large.areFor(copy)) {
      dropBytes();
      return large.bring(copy, () -> publish(copy));
    }
    WriteCondition condition =
        copy.replaced()
            .map(standing -> WriteCondition.ifUnchanged(standing.version()))
            .orElseGet(WriteCondition::ifAbsent);
    if (inMemory.filter(has -> has.snapshot().version().sameAs(original.version())).isEmpty()) {
      dropBytes();
      inMemory = Optional.of(steps.reader().read(steps.store(source), original));
    }
    created = copy.replaced().isEmpty();
    steps.copying().put(inMemory.orElseThrow(), from.other(), condition, steps.nextWriteId());
    return settled(original, copied(original));
  }

  private Optional<Outcome> publish(Decision.Copy copy) {
    return switch (large.publish(copy)) {
      case Publication.Published(_, Proof proof, String writeId) -> {
        created = copy.replaced().isEmpty();
        published = writeId;
        Optional<Outcome> outcome = settled(copy.source(), large.copied(copy, proof));
        outcome.ifPresent(_ -> large.settled(copy));
        yield outcome;
      }
      case Publication.Ended(Outcome outcome) -> Optional.of(outcome);
      case Publication.NotReady _ -> Optional.empty();
    };
  }

  private Optional<Outcome> updateAttributes(Decision.UpdateAttributes update) {
    Optional<Decision.Copy> instead = large.insteadOf(update);
    if (instead.isPresent()) {
      return copy(instead.get());
    }
    try {
      steps
          .copying()
          .updateAttributes(update.source(), update.target(), from.other(), steps.nextWriteId());
    } catch (StoreException.Unsupported e) {
      large.refusedInPlace(update, e);
      return Optional.empty();
    }
    return settled(update.source(), new Outcome.MetadataUpdated(source, destination));
  }

  /** Nobody waits for room in the budget while holding some: all could wait for each other. */
  private void dropBytes() {
    inMemory.ifPresent(SmallContent::close);
    inMemory = Optional.empty();
  }

  private Optional<Outcome> delete(Observation original, ObjectSnapshot target) {
    if (!(original instanceof Absent)) {
      throw new IllegalStateException("only an absence condemns a replica");
    }
    return switch (steps.gate().beforeDelete(from.other(), target)) {
      case GO -> {
        steps.store(destination).delete(destination, WriteCondition.ifUnchanged(target.version()));
        // A source that came back with the same bytes was taken for in sync by whoever looked
        // before this delete.
        yield sight.observe(source) instanceof Absent
            ? Optional.of(new Outcome.Deleted(destination))
            : Optional.empty();
      }
      case LOOK_AGAIN -> Optional.empty();
      case DISCARD -> Optional.of(new Outcome.Superseded(Steps.DISCARDED));
      case LEAVE -> Optional.of(new Outcome.Superseded(Steps.LEFT_TO_ITS_OWN));
    };
  }

  /**
   * The look after the commit: if the source moved on, this was not the last word. Nor was it if
   * the read, which on GCS sees the attributes through HTTP headers, saw them otherwise.
   */
  private Optional<Outcome> settled(ObjectSnapshot copied, Outcome outcome) {
    return sight.observe(source) instanceof Present(ObjectSnapshot now)
            && now.version().sameAs(copied.version())
            && now.attributes().equals(copied.attributes())
        ? Optional.of(outcome)
        : Optional.empty();
  }

  private Outcome copied(ObjectSnapshot original) {
    return new Outcome.Copied(source, destination, original.size());
  }

  private Rule rule() {
    return work.rule();
  }
}
