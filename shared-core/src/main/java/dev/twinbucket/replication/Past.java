package dev.twinbucket.replication;

import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.outcome.OutcomeLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How work on a key ended: kept in the key's row whenever that is written anyway, so that an echo
 * costs nothing, and there for operators alone. No decision looks at it.
 *
 * @param at when
 * @param ending how, in words
 */
record Past(Instant at, String ending) {
  private static final int KEPT = 3;
  private static final int LONGEST = 120;

  /** The last few, the latest last. What is repeated again and again is told once. */
  static List<Past> after(List<Past> before, Outcome outcome, Instant now) {
    List<Past> all = new ArrayList<>(before);
    String ending = words(outcome);
    if (!all.isEmpty() && all.getLast().ending().equals(ending)) {
      all.removeLast();
    }
    all.add(new Past(now, ending));
    return List.copyOf(all.subList(Math.max(0, all.size() - KEPT), all.size()));
  }

  private static String words(Outcome outcome) {
    String words =
        switch (outcome) {
          case Outcome.Copied copied ->
              "copied to %s, %d bytes".formatted(copied.destination().bucket(), copied.bytes());
          case Outcome.MetadataUpdated updated ->
              "metadata-updated on " + updated.destination().bucket();
          case Outcome.Deleted deleted -> "deleted from " + deleted.destination().bucket();
          default -> {
            OutcomeLine line = OutcomeLine.ofNotification(outcome);
            yield outcome.label()
                + line.reason().map(why -> " (" + why + ")").orElse("")
                + (line.detail().isEmpty() ? "" : ": " + line.detail());
          }
        };
    return words.length() <= LONGEST ? words : words.substring(0, LONGEST - 3) + "...";
  }
}
