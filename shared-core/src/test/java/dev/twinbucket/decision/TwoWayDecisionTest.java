package dev.twinbucket.decision;

import static dev.twinbucket.decision.Cases.absent;
import static dev.twinbucket.decision.Cases.modified;
import static dev.twinbucket.decision.Cases.object;
import static dev.twinbucket.decision.Cases.present;
import static dev.twinbucket.decision.Cases.stamped;
import static dev.twinbucket.decision.Cases.touched;
import static dev.twinbucket.decision.Cases.version;
import static dev.twinbucket.rule.SideName.LEFT;
import static dev.twinbucket.rule.SideName.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.Observation;
import dev.twinbucket.rule.ConflictPolicy;
import dev.twinbucket.rule.DeletePolicy;
import dev.twinbucket.rule.SideName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TwoWayDecisionTest {
  private static final Base SETTLED = new Base(Optional.of(version(1)), Optional.of(version(1)));
  private static final ObjectSnapshot L = object(LEFT, 1, 100);
  private static final ObjectSnapshot R = object(RIGHT, 1, 100);
  private static final ObjectSnapshot L2 = object(LEFT, 2, 200);
  private static final ObjectSnapshot R3 = object(RIGHT, 3, 300);

  @Test
  void nothingChangedIsInSync() {
    assertThat(decide(known(SETTLED), present(L), present(R))).isInstanceOf(Decision.InSync.class);
    assertThat(decide(known(Base.TOMBSTONE), absent(LEFT), absent(RIGHT)))
        .isInstanceOf(Decision.InSync.class);
  }

  @Test
  void theOneChangeIsCarriedOver() {
    assertThat(decide(known(SETTLED), present(L2), present(R)))
        .isEqualTo(new Decision.Copy(LEFT, L2, Optional.of(R), false));
    assertThat(decide(known(SETTLED), present(L), present(R3)))
        .isEqualTo(new Decision.Copy(RIGHT, R3, Optional.of(L), false));
    ObjectSnapshot retouched = touched(object(LEFT, 2, 100));
    assertThat(decide(known(SETTLED), present(retouched), present(R)))
        .isEqualTo(new Decision.UpdateAttributes(LEFT, retouched, R));
    assertThat(decide(known(SETTLED), absent(LEFT), present(R)))
        .isEqualTo(new Decision.Delete(RIGHT, R, false));
    assertThat(decide(known(SETTLED), present(L), absent(RIGHT)))
        .isEqualTo(new Decision.Delete(LEFT, L, false));
    assertThat(decide(known(Base.TOMBSTONE), present(L2), absent(RIGHT)))
        .isEqualTo(new Decision.Copy(LEFT, L2, Optional.empty(), false));
  }

  @Test
  void equalChangesAreAdopted() {
    ObjectSnapshot same = object(RIGHT, 3, 200);

    assertThat(decide(known(SETTLED), present(L2), present(same)))
        .isEqualTo(
            new Decision.Adopt(
                new Base(Optional.of(version(2)), Optional.of(version(3))), "equal on both sides"));
    assertThat(decide(known(SETTLED), absent(LEFT), absent(RIGHT)))
        .isEqualTo(new Decision.Adopt(Base.TOMBSTONE, "deleted on both sides"));
    assertThat(decide(Memory.NONE, present(L), present(R))).isInstanceOf(Decision.Adopt.class);
  }

  @Test
  void aConflictHasTheWinnerThatThePolicyNames() {
    ObjectSnapshot late = modified(R3, Cases.LATE);

    assertThat(decide(known(SETTLED), present(L2), present(late)))
        .isEqualTo(new Decision.Copy(RIGHT, late, Optional.of(L2), true));
    assertThat(decide(known(SETTLED), present(L2), present(R3)))
        .as("equal seconds: the left side")
        .isEqualTo(new Decision.Copy(LEFT, L2, Optional.of(R3), true));
    assertThat(winner(ConflictPolicy.PREFER_LEFT, L2, late)).isEqualTo(LEFT);
    assertThat(winner(ConflictPolicy.PREFER_RIGHT, modified(L2, Cases.LATE), R3)).isEqualTo(RIGHT);
  }

  @Test
  void anUpdateBeatsADeletionUnlessTheRuleSaysOtherwise() {
    assertThat(decide(known(SETTLED), present(L2), absent(RIGHT)))
        .isEqualTo(new Decision.Copy(LEFT, L2, Optional.empty(), false));
    assertThat(
            TwoWayDecision.decide(
                known(SETTLED),
                new TwoWayDecision.Policies(
                    ConflictPolicy.NEWEST, false, Optional.of(DeletePolicy.REPLICATE)),
                present(L2),
                absent(RIGHT)))
        .isEqualTo(new Decision.Delete(LEFT, L2, true));
  }

  @Test
  void withoutABaseAnAbsenceDeletesNothing() {
    for (Optional<SideName> removal :
        List.of(Optional.<SideName>empty(), Optional.of(LEFT), Optional.of(RIGHT))) {
      Memory nothing = new Memory(Optional.empty(), List.of(), removal);
      assertThat(decide(nothing, present(L), absent(RIGHT)))
          .isEqualTo(new Decision.Copy(LEFT, L, Optional.empty(), false));
    }
  }

  @Test
  void aStampOfAnAnnouncedWriterStandsInForTheBase() {
    ObjectSnapshot ours = stamped(object(RIGHT, 3, 200), RIGHT, 2, "crashed.1");
    Memory memory = new Memory(Optional.of(SETTLED), List.of("crashed"), Optional.empty());

    assertThat(decide(memory, present(L2), present(ours))).isInstanceOf(Decision.Adopt.class);
    assertThat(decide(memory, absent(LEFT), present(ours)))
        .as("deleted after our copy, before the base moved")
        .isEqualTo(new Decision.Delete(RIGHT, ours, false));
    ObjectSnapshot newer = object(LEFT, 4, 400);
    assertThat(decide(memory, present(newer), present(ours)))
        .as("overwritten after our copy: no conflict with ourselves")
        .isEqualTo(new Decision.Copy(LEFT, newer, Optional.of(ours), false));
    ObjectSnapshot patched = touched(ours);
    assertThat(decide(memory, present(L2), present(patched)))
        .as("patched after our copy")
        .isEqualTo(new Decision.UpdateAttributes(RIGHT, patched, L2));
  }

  @Test
  void aStampThatNobodyAnnouncedIsHistoryThatAUserBroughtBack() {
    ObjectSnapshot restored = stamped(object(RIGHT, 3, 50), RIGHT, 0, "old.1");

    assertThat(decide(known(SETTLED), present(L), present(restored)))
        .isEqualTo(new Decision.Copy(RIGHT, restored, Optional.of(L), false));
    assertThat(decide(known(Base.TOMBSTONE), absent(LEFT), present(restored)))
        .isEqualTo(new Decision.Copy(RIGHT, restored, Optional.empty(), false));
  }

  @Test
  void whereNothingIsRememberedAStampIsBelievedOnlyWithAnotherWitness() {
    ObjectSnapshot replica = stamped(object(RIGHT, 3, 100), RIGHT, 1, "gone.1");
    Memory removedLeft = new Memory(Optional.empty(), List.of(), Optional.of(LEFT));

    assertThat(decide(removedLeft, absent(LEFT), present(replica)))
        .isEqualTo(new Decision.Delete(RIGHT, replica, false));
    assertThat(decide(Memory.NONE, absent(LEFT), present(replica)))
        .isEqualTo(new Decision.Copy(RIGHT, replica, Optional.empty(), false));
    assertThat(decide(Memory.NONE, present(L2), present(replica)))
        .isEqualTo(new Decision.Copy(LEFT, L2, Optional.of(replica), false));
  }

  @Test
  void aDeletionThatTheRuleKeepsBecomesPartOfTheBase() {
    TwoWayDecision.Policies keeping =
        new TwoWayDecision.Policies(ConflictPolicy.NEWEST, true, Optional.of(DeletePolicy.KEEP));
    Base kept = new Base(Optional.empty(), Optional.of(version(1)));

    assertThat(TwoWayDecision.decide(known(SETTLED), keeping, absent(LEFT), present(R)))
        .isEqualTo(new Decision.Adopt(kept, "gone on one side, and the rule keeps the other"));
    assertThat(TwoWayDecision.decide(known(kept), keeping, absent(LEFT), present(R)))
        .as("and is not brought back")
        .isInstanceOf(Decision.InSync.class);
  }

  @Test
  void aHintThatCannotTellAnExpiryFromADeletionDecidesNothing() {
    TwoWayDecision.Policies unsure =
        new TwoWayDecision.Policies(ConflictPolicy.NEWEST, true, Optional.empty());

    assertThat(TwoWayDecision.decide(known(SETTLED), unsure, absent(LEFT), present(R)))
        .isInstanceOf(Decision.Leave.class);
  }

  @Test
  void bytesWithoutAChecksumInCommonAreReadBeforeAnyoneLoses() {
    ObjectSnapshot unknown = Cases.withoutChecksum(L2);

    assertThat(decide(known(SETTLED), present(unknown), present(R3)))
        .isEqualTo(new Decision.Read(LEFT, unknown));
  }

  /** Every combination of what may stand, what may be remembered, and what a hint may say. */
  @Test
  void noCombinationDeletesWithoutProofOrWritesWithoutChange() {
    List<Optional<ObjectSnapshot>> lefts = standing(LEFT);
    List<Optional<ObjectSnapshot>> rights = standing(RIGHT);
    int combinations = 0;
    for (Memory memory : memories()) {
      for (Optional<ObjectSnapshot> left : lefts) {
        for (Optional<ObjectSnapshot> right : rights) {
          combinations++;
          check(memory, left, right);
        }
      }
    }
    assertThat(combinations).isEqualTo(lefts.size() * rights.size() * memories().size());
  }

  private static void check(
      Memory memory, Optional<ObjectSnapshot> left, Optional<ObjectSnapshot> right) {
    Observation l = left.map(Cases::present).orElseGet(() -> absent(LEFT));
    Observation r = right.map(Cases::present).orElseGet(() -> absent(RIGHT));
    Decision decision = decide(memory, l, r);
    String of = memory + " " + l + " " + r;
    switch (decision) {
      case Decision.Delete(SideName at, ObjectSnapshot target, boolean keep) -> {
        assertThat(at == LEFT ? right : left).as(of).isEmpty();
        boolean base =
            memory.base().isPresent()
                && memory.base().get().side(at.other()).isPresent()
                && memory.base().get().side(at).filter(target.version()::sameAs).isPresent();
        boolean stamp =
            target.provenance().isPresent()
                && (memory.announced(target.provenance().get().writeId())
                    || (memory.isEmpty() && memory.removedBy(at.other())));
        assertThat(base || stamp).as(of).isTrue();
        assertThat(keep).as(of).isFalse();
      }
      case Decision.Copy(SideName from, ObjectSnapshot source, var replaced, boolean _) -> {
        assertThat(from == LEFT ? left : right).as(of).contains(source);
        assertThat(from == LEFT ? right : left).as(of).isEqualTo(replaced);
        replaced.ifPresent(other -> assertThat(other.crc()).as(of).isNotEqualTo(source.crc()));
      }
      case Decision.UpdateAttributes(SideName _, ObjectSnapshot source, ObjectSnapshot target) -> {
        assertThat(source.crc()).as(of).isEqualTo(target.crc());
        assertThat(source.attributes()).as(of).isNotEqualTo(target.attributes());
      }
      case Decision.Adopt(Base base, String _) ->
          assertThat(left.flatMap(ObjectSnapshot::crc))
              .as(of + base)
              .isEqualTo(right.flatMap(ObjectSnapshot::crc));
      case Decision.InSync _ ->
          assertThat(left.isPresent() && right.isPresent() && memory.base().isEmpty())
              .as(of)
              .isFalse();
      case Decision.Read _, Decision.AwaitRestore _, Decision.Leave _ ->
          throw new AssertionError("no such case is in the table: " + of);
    }
  }

  private static List<Optional<ObjectSnapshot>> standing(SideName side) {
    List<Optional<ObjectSnapshot>> all = new ArrayList<>();
    all.add(Optional.empty());
    for (int number = 1; number <= 3; number++) {
      for (int content : new int[] {100, 200}) {
        ObjectSnapshot plain = object(side, number, content);
        ObjectSnapshot ours = stamped(plain, side, 1, "announced.1");
        for (ObjectSnapshot object :
            List.of(plain, ours, stamped(plain, side, 2, "forgotten.1"), touched(ours))) {
          all.add(Optional.of(object));
          all.add(Optional.of(modified(object, Cases.LATE)));
        }
      }
    }
    return all;
  }

  private static List<Memory> memories() {
    List<Memory> all = new ArrayList<>();
    for (Optional<Base> base :
        List.of(Optional.<Base>empty(), Optional.of(SETTLED), Optional.of(Base.TOMBSTONE))) {
      for (List<String> writers : List.of(List.<String>of(), List.of("announced"))) {
        for (Optional<SideName> removal :
            List.of(Optional.<SideName>empty(), Optional.of(LEFT), Optional.of(RIGHT))) {
          all.add(new Memory(base, writers, removal));
        }
      }
    }
    return all;
  }

  private static SideName winner(ConflictPolicy policy, ObjectSnapshot l, ObjectSnapshot r) {
    Decision decision =
        TwoWayDecision.decide(
            known(SETTLED),
            new TwoWayDecision.Policies(policy, true, Optional.of(DeletePolicy.REPLICATE)),
            present(l),
            present(r));
    return ((Decision.Copy) decision).from();
  }

  private static Memory known(Base base) {
    return new Memory(Optional.of(base), List.of(), Optional.empty());
  }

  private static Decision decide(Memory memory, Observation left, Observation right) {
    return TwoWayDecision.decide(
        memory,
        new TwoWayDecision.Policies(
            ConflictPolicy.NEWEST, true, Optional.of(DeletePolicy.REPLICATE)),
        left,
        right);
  }
}
