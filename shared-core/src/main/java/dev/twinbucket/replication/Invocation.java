package dev.twinbucket.replication;

import dev.twinbucket.time.Deadline;
import java.time.Instant;
import java.util.Optional;

/**
 * What the platform lends for one run.
 *
 * @param deadline when it will be cut off
 * @param message the id of the message that brought the hint, if that message comes back by itself
 *     unless it is acknowledged, as from a queue; the same id at every delivery. Empty if nothing
 *     comes back. Other hints of the same key may be handed over only to a run whose own message
 *     comes back
 * @param since when that message was put on its queue, if anybody tells
 */
public record Invocation(Deadline deadline, String message, Optional<Instant> since) {
  /** Nobody tells since when the message waits. */
  public Invocation(Deadline deadline, String message) {
    this(deadline, message, Optional.empty());
  }
}
