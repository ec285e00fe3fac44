package dev.twinbucket.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The instant at which an invocation will be cut off.
 *
 * @param clock the invocation's own clock
 * @param end the instant
 */
public record Deadline(Clock clock, Instant end) {
  /** That much from now. */
  public static Deadline in(Duration time, Clock clock) {
    return new Deadline(clock, clock.instant().plus(time));
  }

  /** What is left, zero when it has passed. */
  public Duration remaining() {
    Duration left = Duration.between(clock.instant(), end);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Whether at least that much is left. */
  public boolean allows(Duration time) {
    return remaining().compareTo(time) >= 0;
  }
}
