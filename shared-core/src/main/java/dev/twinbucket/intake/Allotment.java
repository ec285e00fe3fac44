package dev.twinbucket.intake;

import dev.twinbucket.time.Deadline;
import java.time.Clock;
import java.time.Duration;

/**
 * How an invocation's time is divided.
 *
 * @param work after this no request is begun
 * @param answer then the answer is given, whatever is still at work
 */
public record Allotment(Deadline work, Deadline answer) {
  private static final Duration LEAST_MARGIN = Duration.ofMillis(500);
  private static final Duration LARGEST_MARGIN = Duration.ofSeconds(10);

  /**
   * A tenth of the time, half a second at least and ten seconds at most, is kept: half of it for
   * what is at work to end, half for the answer to be given.
   *
   * @param remaining the time until the platform cuts the invocation off
   */
  public static Allotment of(Duration remaining, Clock clock) {
    Duration margin = remaining.dividedBy(10);
    if (margin.compareTo(LEAST_MARGIN) < 0) {
      margin = LEAST_MARGIN;
    } else if (margin.compareTo(LARGEST_MARGIN) > 0) {
      margin = LARGEST_MARGIN;
    }
    return new Allotment(
        Deadline.in(remaining.minus(margin), clock),
        Deadline.in(remaining.minus(margin.dividedBy(2)), clock));
  }
}
