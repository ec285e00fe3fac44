package dev.twinbucket.transfer;

import dev.twinbucket.store.MultipartUploads;

/**
 * How large objects are carried.
 *
 * @param partBytes the smallest part that is worth a request, in bytes; parts are larger where the
 *     object or the store's limits call for it, see {@link TransferPlan#of}
 * @param partsAtOnce parts under way at once for one object in one invocation, at least 1; fewer if
 *     memory holds no more
 * @param fanOutBytes from this size on, other invocations are called to help
 * @param workers invocations that work on one object at once, the first included, at least 1
 */
public record TransferSettings(long partBytes, int partsAtOnce, long fanOutBytes, int workers) {
  private static final long MIB = 1L << 20;

  /** What suits a function of some hundred megabytes. */
  public static final TransferSettings DEFAULT = new TransferSettings(8 * MIB, 16, 1024 * MIB, 16);

  public TransferSettings {
    if (partBytes < 1 || partsAtOnce < 1 || fanOutBytes < 1 || workers < 1) {
      throw new IllegalArgumentException("all of these are at least 1");
    }
  }

  /** Makes a plan for an object of that size. */
  TransferPlan.Result plan(long size, MultipartUploads uploads, ByteBudget budget) {
    return TransferPlan.of(size, uploads.limits(), partBytes, budget.total());
  }

  /**
   * How many invocations are to work on an object of that size: one for each quarter of the
   * threshold, and one alone below the threshold.
   */
  int workersFor(long size) {
    return size < fanOutBytes
        ? 1
        : (int) Math.clamp(Math.ceilDiv(size * 4, fanOutBytes), 1L, workers);
  }
}
