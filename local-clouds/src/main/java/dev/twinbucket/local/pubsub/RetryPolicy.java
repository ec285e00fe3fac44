package dev.twinbucket.local.pubsub;

import java.time.Duration;

/**
 * How long a refused delivery waits before the next attempt: the minimum first, doubled each time,
 * never more than the maximum.
 *
 * @see <a href="https://cloud.google.com/pubsub/docs/handling-failures#exponential_backoff">
 *     Exponential backoff</a>
 */
public record RetryPolicy(Duration minimumBackoff, Duration maximumBackoff) {

  /** What push subscriptions without a policy of their own do. */
  public static final RetryPolicy PUSH_DEFAULT =
      new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(60));

  /** For tests that should not wait. */
  public static final RetryPolicy QUICK =
      new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(20));

  /** The pause after this many failed attempts, of which there was at least one. */
  Duration after(int attempts) {
    int doublings = Math.min(attempts - 1, 30);
    Duration pause = minimumBackoff.multipliedBy(1L << doublings);
    return pause.compareTo(maximumBackoff) < 0 ? pause : maximumBackoff;
  }
}
