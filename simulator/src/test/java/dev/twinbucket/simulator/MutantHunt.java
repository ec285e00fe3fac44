package dev.twinbucket.simulator;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs histories until one ends badly. Loaded once for each mutant, together with the mutated core
 * and a simulator of its own, which is why it speaks in types of the JDK alone.
 */
final class MutantHunt implements Function<Long, List<String>> {
  /**
   * Hunts.
   *
   * @param atMost how many histories
   * @return the failing seed, the number of choices in the shrunk history, the number of its lines,
   *     and what was violated; empty if the mutant survived
   */
  @Override
  public List<String> apply(Long atMost) {
    Optional<Campaign.Failure> found =
        new Campaign(1, atMost, 1).run(done -> {}).stream().findFirst();
    return found.map(MutantHunt::describe).orElse(List.of());
  }

  private static List<String> describe(Campaign.Failure failure) {
    List<Integer> tape = Shrinker.shrink(failure.result().choices());
    Simulation.Result shrunk = Simulation.run(Tape.replay(tape), true);
    return List.of(
        Long.toString(failure.seed()),
        Integer.toString(tape.size()),
        Integer.toString(shrunk.log().size()),
        shrunk.violations().getFirst());
  }
}
