package dev.twinbucket.transfer;

import dev.twinbucket.time.Deadline;
import java.time.Duration;

/**
 * What there is time for. A part is begun only if the slowest of the last ones would be done in the
 * time that is left; as long as nothing was measured, only if half a minute is left, or half of a
 * time that is shorter than a minute.
 */
final class Pace {
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(30);
  private static final Duration MARGIN = Duration.ofMillis(500);

  private final Deadline deadline;
  private final Duration unmeasured;
  private long slowestMillis;

  Pace(Deadline deadline) {
    this.deadline = deadline;
    Duration half = deadline.remaining().dividedBy(2);
    this.unmeasured = half.compareTo(LONGEST_REQUEST) < 0 ? half : LONGEST_REQUEST;
  }

  /** Whether this run began with enough time to get anything done at all. */
  boolean hadTime() {
    return unmeasured.compareTo(LONGEST_REQUEST.dividedBy(2)) >= 0;
  }

  synchronized void measured(Duration part) {
    // An outlier is forgotten after a while.
    slowestMillis = Math.max(part.toMillis(), slowestMillis - slowestMillis / 16);
  }

  /**
   * Whether there is time for a part.
   *
   * @param otherwiseMillis how long a part took others, zero if not known
   */
  synchronized boolean allowsPart(long otherwiseMillis) {
    if (deadline.remaining().isZero()) {
      return false;
    }
    long known = slowestMillis > 0 ? slowestMillis : otherwiseMillis;
    return deadline.allows(
        known > 0 ? Duration.ofMillis(known + known / 2).plus(MARGIN) : unmeasured);
  }

  /** Whether there is time to begin an upload or to publish one. */
  boolean allowsRequest() {
    return !deadline.remaining().isZero() && deadline.allows(unmeasured);
  }

  Duration remaining() {
    return deadline.remaining();
  }
}
