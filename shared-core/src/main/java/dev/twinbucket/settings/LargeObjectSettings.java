package dev.twinbucket.settings;

/**
 * How objects are carried that no single request holds.
 *
 * @param partBytes the smallest part that is worth a request, 5 MiB to 64 MiB
 * @param partsAtOnce parts of one object under way at once in one invocation, 1 to 64; fewer if
 *     memory holds no more
 * @param fanOutBytes from this size on, other invocations are called to help, 1 MiB to 48 TiB
 * @param workers invocations that work on one object at once, 1 to 128
 */
public record LargeObjectSettings(int partBytes, int partsAtOnce, long fanOutBytes, int workers) {
  /** Where everything stands if nobody says otherwise. */
  public static final LargeObjectSettings DEFAULT =
      new LargeObjectSettings(8 << 20, 16, 1L << 30, 16);

  static final int SMALLEST_PART = 5 << 20;
  static final int LARGEST_PART = 64 << 20;
  static final int MOST_PARTS_AT_ONCE = 64;
  static final long SMALLEST_FAN_OUT = 1L << 20;
  static final long LARGEST_FAN_OUT = 48L << 40;
  static final int MOST_WORKERS = 128;
}
