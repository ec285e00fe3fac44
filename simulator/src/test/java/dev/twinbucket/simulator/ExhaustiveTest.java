package dev.twinbucket.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.rule.Direction;
import dev.twinbucket.store.memory.Flavour;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExhaustiveTest {
  static Stream<Scenario> bounds() {
    return Stream.of(
            Exhaustive.circumstances(Direction.TWO_WAY, 2, 1, 0),
            Exhaustive.circumstances(Direction.LEFT_TO_RIGHT, 2, 1, 1),
            Exhaustive.circumstances(Direction.RIGHT_TO_LEFT, 2, 1, 1),
            List.of(
                Scenario.toEnumerate(
                    Direction.TWO_WAY, Flavour.S3_VERSIONED, Flavour.GCS, 2, 1, 1)))
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void everyHistoryOfABoundEndsWithBothSidesEqualAndNothingLost(Scenario scenario) {
    Exhaustive.Result result = new Exhaustive(scenario).run();

    assertThat(result.failure()).as(scenario.toString()).isEmpty();
    assertThat(result.histories().longValueExact()).isGreaterThan(1);
  }

  @Test
  void cuttingHistoriesShortAtKnownStatesLeavesTheirNumberAsItIs() {
    Scenario scenario =
        Scenario.toEnumerate(Direction.LEFT_TO_RIGHT, Flavour.S3, Flavour.GCS, 2, 1, 0);

    assertThat(new Exhaustive(scenario).run().histories())
        .isEqualTo(BigInteger.valueOf(countedOneByOne(scenario)));
  }

  /** The same depth-first walk without any memory of states. */
  private static long countedOneByOne(Scenario scenario) {
    long histories = 0;
    List<Integer> choices = List.of();
    while (true) {
      List<Integer> bounds = new ArrayList<>();
      Simulation.Result result =
          Simulation.run(scenario, Tape.enumerate(choices, bounds), state -> true, false);
      histories++;
      int last = bounds.size() - 1;
      while (last >= 0 && result.choices().get(last) + 1 == bounds.get(last)) {
        last--;
      }
      if (last < 0) {
        return histories;
      }
      List<Integer> next = new ArrayList<>(result.choices().subList(0, last));
      next.add(result.choices().get(last) + 1);
      choices = next;
    }
  }
}
