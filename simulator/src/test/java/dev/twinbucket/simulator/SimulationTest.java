package dev.twinbucket.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimulationTest {
  /** Histories that were once found to end badly, as the command prints them after shrinking. */
  private static final List<String> ONCE_FAILED =
      List.of(
          // a claim's answer was lost, and the claim was never let go
          "0,0,0,1,4,1,0,4,1,0,0,0,0,1,0,0,0,0,0,0,0,1,0,1,1,0,2,0,1,0,2,0,3,0,5,1,0,0,0,0,11,1",
          // bytes read before a newer version was copied replaced that newer version
          "5,0,0,0,1,1,0,0,0,0,0,0,0,0,0,0,0,1,0,0,3,0,0,1,1,1");

  private static final long HISTORIES = Long.getLong("twinbucket.histories", 100_000);

  @Test
  void everyHistoryEndsWithBothSidesEqualAndNothingLost() {
    List<Campaign.Failure> failures = new Campaign(1, HISTORIES, 1).run(done -> {});

    assertThat(failures)
        .as("replay a failure with ./simulate --replay SEED")
        .extracting(Campaign.Failure::seed, failure -> failure.result().violations())
        .isEmpty();
  }

  @Test
  void aSeedGivesTheSameHistoryEveryTime() {
    Simulation.Result once = Simulation.run(Tape.record(new SplittableRandom(77)), true);
    Simulation.Result again = Simulation.run(Tape.record(new SplittableRandom(77)), true);

    assertThat(again.log()).isEqualTo(once.log()).isNotEmpty();
  }

  @Test
  void aTapeGivesTheSameHistoryAsTheSeedThatItWasRecordedFrom() {
    Simulation.Result recorded = Simulation.run(Tape.record(new SplittableRandom(42)), true);
    Simulation.Result replayed = Simulation.run(Tape.replay(recorded.choices()), true);

    assertThat(replayed.log()).isEqualTo(recorded.log());
  }

  @Test
  void whatOnceFailedStaysMended() {
    for (String tape : ONCE_FAILED) {
      assertThat(Simulation.run(Tape.replay(Simulator.parse(tape)), true))
          .satisfies(result -> assertThat(result.violations()).as(tape).isEmpty());
    }
  }
}
