package dev.twinbucket.decision;

import dev.twinbucket.rule.SideName;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a name on a two-way rule when a decision is made.
 *
 * @param base where both sides were last settled, empty if never
 * @param writers who announced writes since then: every claim on the row names its owner, and a
 *     stamp's write id begins with the owner's name; the latest comes last
 * @param removal the side that the hint at hand says something was removed from, if it says so
 */
public record Memory(Optional<Base> base, List<String> writers, Optional<SideName> removal) {
  /** Nothing at all. */
  public static final Memory NONE = new Memory(Optional.empty(), List.of(), Optional.empty());

  public Memory {
    writers = List.copyOf(writers);
  }

  boolean announced(String writeId) {
    return writers.stream().anyMatch(writer -> isBy(writer, writeId));
  }

  static boolean isBy(String writer, String writeId) {
    return writeId.startsWith(writer + ".");
  }

  boolean isEmpty() {
    return base.isEmpty() && writers.isEmpty();
  }

  boolean removedBy(SideName side) {
    return removal.isPresent() && removal.get() == side;
  }
}
