package dev.twinbucket.store;

/**
 * What a store allows a multipart upload.
 *
 * @param parts how many at most
 * @param smallestPart in bytes; the last part may be smaller
 * @param largestPart in bytes
 * @param largestObject in bytes
 */
public record PartLimits(int parts, long smallestPart, long largestPart, long largestObject) {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long TIB = 1L << 40;

  /**
   * Of S3.
   *
   * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">Limits</a>
   */
  public static final PartLimits S3 = new PartLimits(10_000, 5 * MIB, 5 * GIB, 10_000 * 5 * GIB);

  /**
   * Of Cloud Storage.
   *
   * @see <a href="https://cloud.google.com/storage/quotas#objects">Quotas and limits</a>
   */
  public static final PartLimits GCS = new PartLimits(10_000, 5 * MIB, 5 * GIB, 5 * TIB);
}
