package dev.twinbucket.store;

/**
 * How a store is to keep an object: all that a rule configures and that is not replicated. Empty
 * text leaves a choice to the bucket's own default.
 *
 * @param storageClass the destination's own name for a storage class
 * @param cannedAcl in S3's words, such as {@code public-read} or {@code bucket-owner-full-control}
 * @param kmsKey an AWS KMS key's ARN, or a Cloud KMS key's resource name
 */
public record Placement(String storageClass, String cannedAcl, String kmsKey) {
  /** Whatever the bucket's defaults are. */
  public static final Placement DEFAULT = new Placement("", "", "");
}
