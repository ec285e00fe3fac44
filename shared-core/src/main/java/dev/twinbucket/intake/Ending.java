package dev.twinbucket.intake;

import dev.twinbucket.outcome.OutcomeLine;
import java.util.Optional;

/**
 * How one part of a message ended.
 *
 * @param line its outcome
 * @param notDone why it has to come back; empty if it is used up
 */
public record Ending(OutcomeLine line, Optional<String> notDone) {
  static Ending of(OutcomeLine line) {
    return new Ending(
        line, line.outcome().isTerminal() ? Optional.empty() : Optional.of(line.toString()));
  }

  static Ending unkept(OutcomeLine line, String why) {
    return new Ending(line, Optional.of(line + "; its dead letter was not put: " + why));
  }
}
