package dev.twinbucket.simulator;

import java.util.List;

/**
 * Defects that synchronisers are known for, and every guard of docs/semantics.md taken away. Each
 * must be caught.
 */
final class Mutants {
  private static final String ONE_WAY = "replication/OneWayReplication";
  private static final String TWO_WAY = "replication/TwoWayReplication";
  private static final String CLAIMED = "replication/ClaimedKey";
  private static final String ROW = "replication/KeyState";
  private static final String COPYING = "replication/Copying";
  private static final String ONE_WAY_DECISION = "decision/OneWayDecision";
  private static final String TWO_WAY_DECISION = "decision/TwoWayDecision";
  private static final String REPLICA = "decision/Replica";
  private static final String STORE = "store/memory/InMemoryObjectStore";
  private static final String BUCKETS = "store/memory/MemoryBuckets";
  private static final String PAIR = "replication/Pair";
  private static final String GATE = "replication/Gate";
  private static final String WORK = "replication/Work";

  private Mutants() {}

  static List<Mutant> knownDefects() {
    return List.of(
        Mutant.of(
            "exists means skip, one-way",
            ONE_WAY_DECISION,
            "case Present(ObjectSnapshot standing) -> replace(from, original, standing, foreign);",
            "case Present(ObjectSnapshot standing) -> new Decision.InSync(\"exists\");"),
        Mutant.of(
            "exists means skip, two-way",
            TWO_WAY_DECISION,
            "case Present(ObjectSnapshot target) -> align(from, source, target);",
            "case Present(ObjectSnapshot target) -> new Decision.InSync(\"exists\");"),
        Mutant.of(
            "unconditional delete",
            STORE,
            "buckets.remove(buckets.check(location, condition).orElseThrow());",
            "buckets.remove(buckets.require(location));"),
        Mutant.of(
            "unconditional overwrite",
            BUCKETS,
            "case WriteCondition.IfUnchanged(ObjectVersion expected) ->"
                + " stands.filter(version -> naming.matches(expected, version)).isPresent();",
            "case WriteCondition.IfUnchanged(ObjectVersion expected) -> stands.isPresent();"),
        Mutant.of(
            "unconditional create",
            BUCKETS,
            "case WriteCondition.IfAbsent() -> stands.isEmpty();",
            "case WriteCondition.IfAbsent() -> true;"),
        Mutant.of(
            "stamp without content check",
            REPLICA,
            "return stamp.crc().equals(object.crc().get()) ?",
            "return true ?"),
        Mutant.of(
            "stamp without name check",
            REPLICA,
            "if (!stamp.names(counterpart)) { return new None(); }",
            ""),
        Mutant.of(
                "patch after put",
                COPYING,
                "Optional.of(stamp(source, content.crc(), writeId)), condition,"
                    + " work.rule().side(to).placementFor(source.storageClass())));",
                """
                Optional.empty(), condition, work.rule().side(to).placementFor("")));
                return stores.of(destination).updateAttributes(
                    new AttributesUpdate(
                        stores.of(destination).observe(destination).object().orElseThrow(),
                        source.attributes(),
                        Optional.of(stamp(source, content.crc(), writeId)),
                        Placement.DEFAULT));
                """)
            .and(
                COPYING,
                "gate.beforeWrite(to); return stores.of(destination)",
                "gate.beforeWrite(to); stores.of(destination)"),
        Mutant.of(
            "base written before the object",
            CLAIMED,
            "ObjectVersion made = steps.copying().put(content, to, condition, steps.nextWriteId());",
            """
            Base early =
                Base.TOMBSTONE
                    .with(copy.from(), Optional.of(copy.source().version()))
                    .with(to, copy.replaced().map(ObjectSnapshot::version));
            KeyState before = held.state();
            held =
                ledger
                    .move(
                        held,
                        new KeyState(Optional.of(early), before.claim(), before.writers(), false),
                        now())
                    .orElse(held);
            ObjectVersion made = steps.copying().put(content, to, condition, steps.nextWriteId());
            """),
        Mutant.of(
            "no tombstone",
            CLAIMED,
            "ledger.move(held, KeyState.settled(base), outcome, now());",
            "base.isTombstone() ? ledger.move(held, KeyState.UNKNOWN, now())"
                + " : ledger.move(held, KeyState.settled(base), outcome, now());"),
        Mutant.of(
            "arrival-order conflict winner",
            TWO_WAY,
            "work.rule().conflict(),",
            "work.match().side() == SideName.LEFT"
                + " ? dev.twinbucket.rule.ConflictPolicy.PREFER_LEFT"
                + " : dev.twinbucket.rule.ConflictPolicy.PREFER_RIGHT,"),
        Mutant.of(
            "acknowledge on error",
            "outcome/Outcome",
            "return !(this instanceof Failed || (this instanceof Held held && !held.sentAgain()));",
            "return true;"),
        Mutant.of(
            "delete without base",
            TWO_WAY_DECISION,
            "return copy(left instanceof Present ? LEFT : RIGHT, Optional.empty(), false);",
            """
            SideName standing = left instanceof Present ? LEFT : RIGHT;
            return memory.removedBy(standing.other())
                ? delete(standing, snapshot(standing), false)
                : copy(standing, Optional.empty(), false);
            """),
        Mutant.of(
            "the hint as an instruction",
            ONE_WAY,
            "if (!(decision instanceof Decision.Copy)) { dropBytes(); }",
            """
            if (work.event().type().isRemoval() && standing instanceof Present(ObjectSnapshot it)) {
              decision = new Decision.Delete(from.other(), it, false);
              original = new Absent(source);
            }
            if (!(decision instanceof Decision.Copy)) {
              dropBytes();
            }
            """),
        Mutant.of(
            "the other side's conflict winner",
            TWO_WAY_DECISION,
            "? RIGHT : LEFT; };",
            "? LEFT : RIGHT; };"),
        Mutant.of(
            "writes in shadow mode", TWO_WAY, "work.rule().mode() == Mode.SHADOW ?", "false ?"),
        Mutant.of(
            "a deletion always loses",
            TWO_WAY_DECISION,
            "return policies.updateBeatsDelete()",
            "return true"),
        Mutant.of(
            "a conflict's loser is not kept",
            CLAIMED,
            "SideName to = copy.from().other(); if (copy.keepReplaced()) {",
            "SideName to = copy.from().other(); if (false) {"));
  }

  /** Guards whose absence is caught. */
  static List<Mutant> missingGuards() {
    return List.of(
        Mutant.of(
            "one-way: no look after the commit",
            ONE_WAY,
            "return sight.observe(source) instanceof Present(ObjectSnapshot now)"
                + " && now.version().sameAs(copied.version())"
                + " && now.attributes().equals(copied.attributes())"
                + " ? Optional.of(outcome) : Optional.empty();",
            "return Optional.of(outcome);"),
        Mutant.of(
            "one-way: no look after a delete",
            ONE_WAY,
            "yield sight.observe(source) instanceof Absent"
                + " ? Optional.of(new Outcome.Deleted(destination)) : Optional.empty();",
            "yield Optional.of(new Outcome.Deleted(destination));"),
        Mutant.of(
            "one-way: the source is looked at before the destination",
            ONE_WAY,
            "Observation standing = sight.observe(destination);"
                + " return act(sight.observe(source), standing);",
            "Observation original = sight.observe(source);"
                + " return act(original, sight.observe(destination));"),
        Mutant.of(
            "two-way: a claim keeps nobody away",
            TWO_WAY,
            "if (entry.state().isClaimedAt(now())) {",
            "if (false) {"),
        Mutant.of(
                "two-way: writes without a look at the lease",
                CLAIMED,
                "if (left.compareTo(LEASE_FOR_WRITE.plus(Rounds.LONGEST_REQUEST)) >= 0) {",
                "if (left.compareTo(Duration.ofDays(-1)) >= 0) {")
            .and(GATE, "if (!lease.getAsBoolean()) {", "if (false) {"),
        Mutant.of(
            "two-way: what is equal is adopted without having met",
            PAIR,
            "return left.object().isEmpty()",
            "return true || left.object().isEmpty()"),
        Mutant.of(
            "two-way: every stamp stands in for the base",
            TWO_WAY_DECISION,
            "return memory.base().or(this::baseFromStampAlone);",
            """
            for (SideName side : SideName.values()) {
              if (replica(side) instanceof Replica.Of made) {
                return Optional.of(baseFrom(side, made));
              }
            }
            return memory.base().or(this::baseFromStampAlone);
            """),
        Mutant.of(
            "two-way: a hint is handed over to its own dead holder",
            TWO_WAY,
            "|| holding.equals(work.invocation().message())",
            ""),
        Mutant.of(
            "two-way: every removal is taken for an echo",
            TWO_WAY,
            "boolean echo = settled.isPresent() ? names(event, settled.get())"
                + " : event.type().isRemoval() && !event.mayReveal();",
            "boolean echo = event.type().isRemoval()"
                + " || (settled.isPresent() && names(event, settled.get()));"),
        Mutant.of(
            "two-way: a metadata change is taken for an echo",
            TWO_WAY,
            "case METADATA_CHANGED -> event.revision().equals(settled.revision());",
            "case METADATA_CHANGED -> true;"),
        Mutant.of(
            "two-way: equal bytes are enough",
            TWO_WAY_DECISION,
            "if (content == ContentComparison.EQUAL && l.attributes().equals(r.attributes())) {",
            "if (content == ContentComparison.EQUAL) {"),
        Mutant.of(
            "one-way: equal bytes are enough",
            ONE_WAY_DECISION,
            "return ours && source.attributes().equals(standing.attributes())",
            "return ours"));
  }

  /** What takes more histories than the check runs, or conditions that they hardly ever meet. */
  static List<Mutant> elusive() {
    return List.of(
        Mutant.of(
            "one-way: a replica outlives a deletion that was handled before it was made",
            ONE_WAY,
            "return made ? rule().deletes()",
            "return false ? rule().deletes()"),
        Mutant.of(
            "one-way: bytes in memory are used whatever version they are of",
            ONE_WAY,
            "if (inMemory.filter(has -> has.snapshot().version().sameAs(original.version()))"
                + ".isEmpty()) {",
            "if (inMemory.isEmpty()) {"),
        Mutant.of(
            "two-way: the lease is not looked at once more right before the write",
            GATE,
            "if (!lease.getAsBoolean()) {",
            "if (false) {"),
        Mutant.of(
            "two-way: what was seen before the lease ran out still counts",
            CLAIMED,
            "return left.compareTo(Rounds.LONGEST_REQUEST) >= 0; } lost = !takesNote();"
                + " return false; } private boolean outlastsRequest()",
            "return true; } lost = !takesNote();"
                + " return false; } private boolean outlastsRequest()"),
        Mutant.of(
            "two-way: a hint that was handed over before a renewal is forgotten",
            CLAIMED,
            "lost = !takesNote(); return false; } private boolean outlastsRequest()",
            "lost = !takesNote(); return !lost; } private boolean outlastsRequest()"),
        Mutant.of(
                "two-way: no second look under the claim",
                TWO_WAY,
                "Decision decision = decide(entry.state(), pair);",
                "Decision decision = decide(entry.state(), pair);"
                    + " early = java.util.Optional.of(decision);")
            .and(
                TWO_WAY,
                "private boolean mayBeNew;",
                """
                private boolean mayBeNew;
                private Optional<Decision> early = Optional.empty();

                private Decision earlyOr(KeyState state, Pair pair) {
                  Optional<Decision> first = early;
                  early = Optional.empty();
                  return first.orElseGet(() -> decide(state, pair));
                }
                """)
            .and(
                TWO_WAY,
                "new ClaimedKey(steps, large, ledger, work, this::decide, held)",
                "new ClaimedKey(steps, large, ledger, work, this::earlyOr, held)"),
        Mutant.of(
            "two-way: no stamp stands in for a base that was not recorded",
            TWO_WAY_DECISION,
            "if (replica(side) instanceof Replica.Of made && Memory.isBy(writer, made.writeId())) {",
            "if (replica(side) instanceof Replica.Of made && Memory.isBy(\"nobody\", writer)) {"),
        Mutant.of(
            "two-way: a new object's stamp is believed",
            TWO_WAY_DECISION,
            "return observation(replicaSide.other()) instanceof Present"
                + " || memory.removedBy(replicaSide.other());",
            "return true;"),
        Mutant.of(
            "two-way: writers are not remembered when a claim is let go",
            ROW,
            "if (!mayHaveWritten) {",
            "if (true) {"),
        Mutant.of("two-way: a claim announces nobody", ROW, "announced.add(newClaim.owner());", ""),
        Mutant.of(
            "two-way: a claim whose answer was lost is not recognised",
            TWO_WAY,
            "if (entry.state().isHeldBy(steps.owner())) {",
            "if (false) {"),
        Mutant.of(
            "two-way: a hint that says how something went is handed over",
            TWO_WAY,
            "|| work.saysHowItWent()",
            ""),
        Mutant.of(
            "two-way: an expiry on one side excuses a deletion on the other",
            WORK,
            "return tells ? deletes() : Optional.empty();",
            "return deletes();"),
        Mutant.of(
            "two-way: an undeletion is taken for an echo",
            TWO_WAY,
            "event.type().isRemoval() && !event.mayReveal();",
            "event.type().isRemoval();"),
        Mutant.of(
            "two-way: a hint that was handed over is forgotten",
            CLAIMED,
            "marked |= held.state().lookAgain();",
            ""),
        Mutant.of(
            "two-way: the base moves over the mark of a hint that was handed over",
            CLAIMED,
            "return takesNote() ? Optional.empty() : gone();",
            """
            KeyLedger.Entry current = ledger.read(work.rule(), work.name());
            if (current.state().isHeldBy(steps.owner())) {
              ledger.move(current, KeyState.settled(base), now()).ifPresent(entry -> held = entry);
              return Optional.of(outcome);
            }
            return gone();
            """));
  }
}
