package dev.twinbucket.intake;

import dev.twinbucket.notification.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One message as a platform handed it over.
 *
 * @param id the message's own name, the same at every delivery, if it comes back by itself unless
 *     it is acknowledged; empty if it does not
 * @param since when it was put on its queue, if anybody tells
 * @param payload its text, to be kept if it turns out to be poison
 * @param readings what it was read as, in its own order; never empty
 */
public record Delivery(String id, Optional<Instant> since, String payload, List<Reading> readings) {
  /** Nobody tells since when the message waits. */
  public Delivery(String id, String payload, List<Reading> readings) {
    this(id, Optional.empty(), payload, readings);
  }

  public Delivery {
    readings = List.copyOf(readings);
  }
}
