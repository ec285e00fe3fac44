package dev.twinbucket.store;

import dev.twinbucket.object.BucketLocation;

/**
 * Which page of a listing.
 *
 * @param bucket the bucket
 * @param prefix only names that begin with it; may be empty
 * @param continuation what the page before named, or empty for the first
 * @param limit names a page at most, 1 to 1,000
 */
public record ListRequest(BucketLocation bucket, String prefix, String continuation, int limit) {
  /** A page may not hold more. */
  public static final int LARGEST_PAGE = 1000;

  public ListRequest {
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw new IllegalArgumentException("a page holds 1 to 1,000 names: " + limit);
    }
  }

  /** The first page. */
  public static ListRequest first(BucketLocation bucket, String prefix) {
    return new ListRequest(bucket, prefix, "", LARGEST_PAGE);
  }

  /** The page after one that named {@code next}. */
  public ListRequest after(String next) {
    return new ListRequest(bucket, prefix, next, limit);
  }
}
