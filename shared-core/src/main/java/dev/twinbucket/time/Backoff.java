package dev.twinbucket.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: the n-th pause is drawn evenly from nothing to the smaller
 * of {@code longest} and {@code first} times 2 to the n, so that many workers that met the same
 * refusal spread out.
 *
 * @param first the first pause at the most
 * @param longest any pause at the most
 */
public record Backoff(Duration first, Duration longest) {
  private static final int DOUBLINGS_AT_MOST = 20;

  /**
   * Draws a pause.
   *
   * @param attempt 0 for the first pause
   * @param random where the jitter comes from
   */
  public Duration pause(int attempt, RandomGenerator random) {
    long ceiling = first.toNanos() << Math.min(attempt, DOUBLINGS_AT_MOST);
    long bound = Math.min(ceiling, longest.toNanos());
    return Duration.ofNanos(random.nextLong(bound + 1));
  }
}
