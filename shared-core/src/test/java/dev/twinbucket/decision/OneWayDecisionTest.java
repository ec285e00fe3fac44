package dev.twinbucket.decision;

import static dev.twinbucket.decision.Cases.absent;
import static dev.twinbucket.decision.Cases.object;
import static dev.twinbucket.decision.Cases.present;
import static dev.twinbucket.decision.Cases.stamped;
import static dev.twinbucket.decision.Cases.touched;
import static dev.twinbucket.rule.SideName.LEFT;
import static dev.twinbucket.rule.SideName.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.Observation;
import dev.twinbucket.rule.DeletePolicy;
import dev.twinbucket.rule.ForeignPolicy;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the one-way table, under both policies where they matter. */
class OneWayDecisionTest {
  private static final ObjectSnapshot SOURCE = object(LEFT, 1, 100);
  private static final ObjectSnapshot REPLICA = stamped(object(RIGHT, 5, 100), RIGHT, 1, "w.1");
  private static final ObjectSnapshot OLDER_REPLICA =
      stamped(object(RIGHT, 5, 99), RIGHT, 0, "w.1");
  private static final ObjectSnapshot FOREIGN = object(RIGHT, 5, 99);

  private static Decision copyOver(ObjectSnapshot standing) {
    return new Decision.Copy(LEFT, SOURCE, Optional.of(standing), false);
  }

  static Stream<Arguments> sourceIsThere() {
    ObjectSnapshot equalOfOtherVersion = stamped(object(RIGHT, 5, 100), RIGHT, 0, "w.1");
    ObjectSnapshot patchedReplica = touched(REPLICA);
    ObjectSnapshot equalForeign = object(RIGHT, 5, 100);
    ObjectSnapshot borrowedStamp = stamped(object(RIGHT, 5, 100), LEFT, 1, "w.1");
    ObjectSnapshot unproven = Cases.withoutChecksum(REPLICA);
    return Stream.of(
        Arguments.of(absent(RIGHT), new Decision.Copy(LEFT, SOURCE, Optional.empty(), false)),
        Arguments.of(present(OLDER_REPLICA), copyOver(OLDER_REPLICA)),
        Arguments.of(present(FOREIGN), copyOver(FOREIGN)),
        Arguments.of(
            present(patchedReplica), new Decision.UpdateAttributes(LEFT, SOURCE, patchedReplica)),
        Arguments.of(
            present(equalForeign), new Decision.UpdateAttributes(LEFT, SOURCE, equalForeign)),
        Arguments.of(
            present(borrowedStamp), new Decision.UpdateAttributes(LEFT, SOURCE, borrowedStamp)),
        Arguments.of(present(unproven), new Decision.Read(RIGHT, unproven)),
        Arguments.of(present(REPLICA), new Decision.InSync("the replica is of just this version")),
        Arguments.of(
            present(equalOfOtherVersion), new Decision.InSync("the replica equals the source")));
  }

  @ParameterizedTest
  @MethodSource("sourceIsThere")
  void theSourceWins(Observation destination, Decision expected) {
    assertThat(
            decide(present(SOURCE), destination, ForeignPolicy.OVERWRITE, DeletePolicy.REPLICATE))
        .isEqualTo(expected);
  }

  @Test
  void whatIsNotOursStaysIfTheRuleKeepsIt() {
    assertThat(
            decide(present(SOURCE), present(FOREIGN), ForeignPolicy.KEEP, DeletePolicy.REPLICATE))
        .isInstanceOf(Decision.Leave.class);
    assertThat(
            decide(
                present(SOURCE),
                present(OLDER_REPLICA),
                ForeignPolicy.KEEP,
                DeletePolicy.REPLICATE))
        .isEqualTo(copyOver(OLDER_REPLICA));
  }

  @Test
  void onlyOurReplicaIsDeletedWithItsSource() {
    assertThat(decide(absent(LEFT), present(REPLICA))).isEqualTo(delete(REPLICA));
    assertThat(decide(absent(LEFT), present(touched(REPLICA)))).isEqualTo(delete(touched(REPLICA)));
    assertThat(decide(absent(LEFT), present(FOREIGN))).isInstanceOf(Decision.Leave.class);
    ObjectSnapshot overwritten =
        new ObjectSnapshot(
            FOREIGN.location(),
            FOREIGN.version(),
            FOREIGN.size(),
            FOREIGN.crc(),
            FOREIGN.md5(),
            FOREIGN.attributes(),
            FOREIGN.modified(),
            REPLICA.provenance(),
            FOREIGN.storageClass(),
            true);
    assertThat(decide(absent(LEFT), present(overwritten)))
        .as("other bytes under our stamp")
        .isInstanceOf(Decision.Leave.class);
    assertThat(decide(absent(LEFT), absent(RIGHT))).isInstanceOf(Decision.InSync.class);
  }

  @Test
  void aDeletionIsNotCarriedOverIfTheRuleKeepsReplicas() {
    assertThat(decide(absent(LEFT), present(REPLICA), ForeignPolicy.OVERWRITE, DeletePolicy.KEEP))
        .isInstanceOf(Decision.Leave.class);
  }

  @Test
  void aStampThatCannotBeProvenCondemnsNothingUnread() {
    ObjectSnapshot unproven = Cases.withoutChecksum(REPLICA);

    assertThat(decide(absent(LEFT), present(unproven)))
        .isEqualTo(new Decision.Read(RIGHT, unproven));
  }

  @Test
  void anArchivedSourceIsAwaited() {
    ObjectSnapshot archived = Cases.archived(SOURCE);

    assertThat(decide(present(archived), absent(RIGHT)))
        .isEqualTo(new Decision.AwaitRestore(archived));
    assertThat(decide(present(archived), present(REPLICA))).isInstanceOf(Decision.InSync.class);
  }

  private static Decision delete(ObjectSnapshot target) {
    return new Decision.Delete(RIGHT, target, false);
  }

  private static Decision decide(Observation source, Observation destination) {
    return decide(source, destination, ForeignPolicy.OVERWRITE, DeletePolicy.REPLICATE);
  }

  private static Decision decide(
      Observation source, Observation destination, ForeignPolicy foreign, DeletePolicy deletes) {
    return OneWayDecision.decide(LEFT, source, destination, foreign, deletes);
  }
}
