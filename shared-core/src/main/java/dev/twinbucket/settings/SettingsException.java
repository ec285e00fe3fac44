package dev.twinbucket.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. The message names every problem on a line of its own. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  SettingsException(List<Problem> problems) {
    super(
        problems.stream()
            .map(Problem::toString)
            .collect(Collectors.joining("\n  ", "the configuration cannot be used:\n  ", "")));
    this.problems = List.copyOf(problems);
  }

  /** Everything that is wrong, in the order in which it was found; never empty. */
  public List<Problem> problems() {
    return problems;
  }
}
