package dev.twinbucket.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimulationTest {
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
}
