package dev.twinbucket.transfer;

import dev.twinbucket.outcome.Outcome;

/** What an attempt to get a transfer on came to. */
public sealed interface Advance {
  /**
   * Every part is there: it can be published.
   *
   * @param looksNew whether nothing was done but to find that out, so that what was decided from is
   *     still fresh
   */
  record Ready(boolean looksNew) implements Advance {}

  /** Nothing more can be done for the hint at hand. */
  record Ended(Outcome outcome) implements Advance {}

  /** Things are not as they were: look again. */
  record LookAgain() implements Advance {}
}
