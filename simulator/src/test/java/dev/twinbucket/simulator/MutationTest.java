package dev.twinbucket.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whether the simulator would notice: one defect at a time is put into the production source, and
 * histories run until an invariant is violated.
 */
class MutationTest {
  private static final long HISTORIES_AT_MOST = Long.getLong("twinbucket.mutations", 100_000);
  private static final Path SOURCES = Path.of("..", "shared-core", "src", "main", "java");

  static Stream<Mutant> mutants() {
    return Stream.of(Mutants.knownDefects(), Mutants.missingGuards()).flatMap(List::stream);
  }

  static Stream<Mutant> elusive() {
    return Mutants.elusive().stream();
  }

  /** Not part of the profile's check: run with {@code -Dtests.included=elusive}. */
  @Tag("elusive")
  @ParameterizedTest
  @MethodSource("elusive")
  void elusiveMutantsAreCaughtInTheEnd(Mutant mutant) throws ReflectiveOperationException {
    everyMutantIsCaught(mutant);
  }

  @Tag("mutations")
  @ParameterizedTest
  @MethodSource("mutants")
  void everyMutantIsCaught(Mutant mutant) throws ReflectiveOperationException {
    List<String> caught = hunt(mutant);

    System.out.println(report(mutant, caught));
    assertThat(caught).as("%s survives %,d histories", mutant, HISTORIES_AT_MOST).isNotEmpty();
  }

  private static List<String> hunt(Mutant mutant) throws ReflectiveOperationException {
    Class<?> hunter = MutantLoader.of(mutant, SOURCES).loadClass(MutantHunt.class.getName());
    Constructor<?> constructor = hunter.getDeclaredConstructor();
    constructor.setAccessible(true);
    @SuppressWarnings("unchecked") // the same class, loaded a second time
    Function<Long, List<String>> hunt = (Function<Long, List<String>>) constructor.newInstance();
    return hunt.apply(HISTORIES_AT_MOST);
  }

  private static String report(Mutant mutant, List<String> caught) {
    return caught.isEmpty()
        ? "SURVIVED: " + mutant
        : "caught after %6s histories, shrunk to %3s choices and %3s lines: %s [%s]"
            .formatted(caught.get(0), caught.get(1), caught.get(2), mutant, caught.get(3));
  }
}
