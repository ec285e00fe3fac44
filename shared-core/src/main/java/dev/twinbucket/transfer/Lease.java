package dev.twinbucket.transfer;

import dev.twinbucket.object.Fingerprint;
import java.time.Instant;

/**
 * Somebody's right to work on a part of a transfer, for a while.
 *
 * @param owner whose
 * @param until when it ends, by the clock of whoever asks
 * @param message the message that the holder works for and that comes back if the holder dies,
 *     empty if none does
 */
record Lease(String owner, Instant until, String message) {
  private static final int LONGEST_MESSAGE = 64;

  /** A lease; the name of a message that is long is kept as a fingerprint. */
  static Lease of(String owner, Instant until, String message) {
    return new Lease(owner, until, shortened(message));
  }

  /** Whether somebody else holds it now who is not known to be dead. */
  boolean isHeldAgainst(String asker, String askersMessage, Instant now) {
    return !owner.equals(asker) && until.isAfter(now) && !isOfDead(askersMessage);
  }

  /**
   * Whether the holder worked for the very message that is at hand: it was delivered again, so that
   * holder is dead.
   */
  boolean isOfDead(String askersMessage) {
    return !message.isEmpty() && message.equals(shortened(askersMessage));
  }

  Lease until(Instant end) {
    return new Lease(owner, end, message);
  }

  private static String shortened(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : new Fingerprint().add(message).toString();
  }
}
