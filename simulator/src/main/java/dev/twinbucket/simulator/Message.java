package dev.twinbucket.simulator;

import dev.twinbucket.event.ObjectEvent;
import java.time.Instant;

/**
 * A notification in a queue.
 *
 * @param id the queue's name for it, the same at every delivery
 * @param event the hint in it
 * @param visibleFrom when it may be taken
 */
record Message(String id, ObjectEvent event, Instant visibleFrom) {
  Message visibleFrom(Instant time) {
    return new Message(id, event, time);
  }
}
