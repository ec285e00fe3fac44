package dev.twinbucket.rule;

import dev.twinbucket.object.ObjectLocation;

/**
 * Two sides that are kept equal.
 *
 * @param name unique among the rules; part of the keys under which state is kept, so that renaming
 *     a rule forgets what it knew
 * @param left one side
 * @param right the other
 * @param direction which way it copies
 * @param filter which names it is about
 * @param deletes what becomes of counterparts of what users deleted
 * @param lifecycleDeletes what becomes of counterparts of what a bucket's lifecycle deleted
 * @param foreign what a one-way rule does with destination objects that are not its own
 * @param conflict who wins on a two-way rule
 * @param updateBeatsDelete whether an update on one side wins over a delete on the other; if not,
 *     the delete does
 * @param guard how many deletes it makes before it asks
 * @param mode whether it acts
 */
public record Rule(
    String name,
    Side left,
    Side right,
    Direction direction,
    KeyFilter filter,
    DeletePolicy deletes,
    DeletePolicy lifecycleDeletes,
    ForeignPolicy foreign,
    ConflictPolicy conflict,
    boolean updateBeatsDelete,
    DeleteGuard guard,
    Mode mode) {

  /**
   * Keys that begin so hold Twinbucket's own state and staging, on every side; they are never
   * replicated.
   */
  public static final String RESERVED_PREFIX = ".twinbucket/";

  /** A live rule with every policy at its default. */
  public static Rule of(String name, Side left, Side right, Direction direction) {
    return new Rule(
        name,
        left,
        right,
        direction,
        KeyFilter.ALL,
        DeletePolicy.REPLICATE,
        DeletePolicy.REPLICATE,
        ForeignPolicy.OVERWRITE,
        ConflictPolicy.NEWEST,
        true,
        DeleteGuard.DEFAULT,
        Mode.LIVE);
  }

  /** That side. */
  public Side side(SideName which) {
    return which == SideName.LEFT ? left : right;
  }

  /** Whether the rule is about objects of that name at all. */
  public boolean covers(String name) {
    return !isReserved(left.locate(name))
        && !isReserved(right.locate(name))
        && !name.startsWith(RESERVED_PREFIX)
        && filter.accepts(name);
  }

  private static boolean isReserved(ObjectLocation location) {
    return location.key().startsWith(RESERVED_PREFIX);
  }
}
