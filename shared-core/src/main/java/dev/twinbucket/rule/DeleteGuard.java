package dev.twinbucket.rule;

import java.time.Duration;

/**
 * How many deletes a rule makes on one side within a window before it holds the rest until somebody
 * decides.
 *
 * @param enabled whether it holds anything at all
 * @param window over how long deletes are counted, a minute to a day
 * @param count at most so many, 0 or more
 * @param sharePercent at most so much of what stands on the side, in percent, 1 to 100
 * @param spared so many may always go within a window, whatever share they are of: of three
 *     objects, two are no mass deletion
 */
public record DeleteGuard(
    boolean enabled, Duration window, long count, int sharePercent, long spared) {
  /** What a rule has that says nothing of it. */
  public static final DeleteGuard DEFAULT =
      new DeleteGuard(true, Duration.ofHours(1), 10_000, 50, 25);

  /** Nothing is ever held. */
  public static final DeleteGuard OFF = new DeleteGuard(false, Duration.ofHours(1), 0, 100, 0);

  /** A window may not be longer. */
  public static final Duration LONGEST_WINDOW = Duration.ofDays(1);

  /** How many deletes the share allows of so many objects. */
  public long allowedOf(long standing) {
    long share = standing / 100 * sharePercent + standing % 100 * sharePercent / 100;
    return Math.min(count, Math.max(spared, share));
  }

  /** The number of objects of which the share is no narrower than the count. */
  public long enough() {
    return (count * 100 + sharePercent - 1) / sharePercent;
  }

  /** How many deletes go without anybody knowing how many objects there are. */
  public long allowedUnseen() {
    return Math.min(count, spared);
  }
}
