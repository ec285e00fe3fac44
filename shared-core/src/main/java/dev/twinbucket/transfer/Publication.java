package dev.twinbucket.transfer;

import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.outcome.Outcome;

/** What an attempt to publish a transfer came to. */
public sealed interface Publication {
  /**
   * The replica is there.
   *
   * @param version it became
   * @param proof how it is known to be right
   * @param writeId of its stamp
   */
  record Published(ObjectVersion version, Proof proof, String writeId) implements Publication {}

  /** There is no transfer of just this version all of whose parts are there. */
  record NotReady() implements Publication {}

  /** Nothing more can be done for the hint at hand. */
  record Ended(Outcome outcome) implements Publication {}
}
