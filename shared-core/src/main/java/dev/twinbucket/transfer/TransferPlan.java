package dev.twinbucket.transfer;

import dev.twinbucket.store.PartLimits;

/**
 * How an object is cut into parts: all of one size but the last, which holds the rest.
 *
 * @param size of the object in bytes, at least 1
 * @param partSize of every part but the last, in bytes
 */
public record TransferPlan(long size, long partSize) {
  /** Parts of an object that is large enough for it to matter number about so many. */
  private static final long PARTS_ASKED_FOR = 1000;

  /** So many parts fit into memory at once, unless the store's limits force larger ones. */
  private static final long AT_ONCE_AT_LEAST = 8;

  /** Objects grow, and parts with them up to so many times the wished size. */
  private static final long GROWTH = 8;

  private static final long MIB = 1L << 20;

  public TransferPlan {
    if (size < 1 || partSize < 1) {
      throw new IllegalArgumentException("no plan: " + size + " bytes in parts of " + partSize);
    }
  }

  /** What became of the attempt to make a plan. */
  public sealed interface Result {
    /** There is a plan. */
    record Fits(TransferPlan plan) implements Result {}

    /** The destination cannot hold an object of that size. */
    record TooLarge(String why) implements Result {}

    /**
     * One part alone is more than may be in memory.
     *
     * @param bytes that the budget would have to hold
     */
    record TooLittleMemory(long bytes) implements Result {}
  }

  /**
   * Makes a plan: the part size is a thousandth of the object, but at least {@code wish} and at
   * most eight times that, at most an eighth of the memory, and never outside what the store's
   * limits force; rounded up to whole MiB.
   *
   * @param size of the object in bytes, at least 1
   * @param limits of the destination
   * @param wish the smallest part that is worth a request, in bytes
   * @param memory bytes that may be in memory at once
   */
  public static Result of(long size, PartLimits limits, long wish, long memory) {
    long forced = Math.max(limits.smallestPart(), ceilDiv(size, limits.parts()));
    if (size > limits.largestObject() || forced > limits.largestPart()) {
      return new Result.TooLarge(
          "%d bytes are more than the %d that the destination holds"
              .formatted(size, Math.min(limits.largestObject(), most(limits))));
    }
    long grown = Math.clamp(size / PARTS_ASKED_FOR, wish, wish * GROWTH);
    long comfortable = Math.min(grown, memory / AT_ONCE_AT_LEAST);
    long unit = Math.min(MIB, limits.smallestPart());
    long partSize = Math.max(roundedUp(forced, unit), roundedDown(comfortable, unit));
    partSize = Math.min(partSize, limits.largestPart());
    long inMemory = Math.min(partSize, size);
    return inMemory > memory || inMemory > PartBuffer.LARGEST
        ? new Result.TooLittleMemory(inMemory)
        : new Result.Fits(new TransferPlan(size, partSize));
  }

  /** How many parts there are. */
  public int parts() {
    return Math.toIntExact(ceilDiv(size, partSize));
  }

  /** Where a part begins, in bytes from the object's beginning. */
  public long offset(int part) {
    return (part - 1) * partSize;
  }

  /** How many bytes a part has. */
  public long length(int part) {
    return Math.min(partSize, size - offset(part));
  }

  /** How many bytes that many parts have, of which {@code first} is the first. */
  public long bytes(int first, int count) {
    return count == 0 ? 0 : Math.min(size, offset(first + count)) - offset(first);
  }

  private static long most(PartLimits limits) {
    return Math.multiplyExact(limits.parts(), limits.largestPart());
  }

  private static long ceilDiv(long bytes, long by) {
    return Math.ceilDiv(bytes, by);
  }

  private static long roundedUp(long bytes, long unit) {
    return Math.ceilDiv(bytes, unit) * unit;
  }

  private static long roundedDown(long bytes, long unit) {
    return bytes / unit * unit;
  }
}
