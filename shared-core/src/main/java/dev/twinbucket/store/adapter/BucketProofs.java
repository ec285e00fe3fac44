package dev.twinbucket.store.adapter;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Remembers for a while which buckets were seen to exist, so that "no such object" need not be told
 * from "no such bucket" by a further request each time.
 */
public final class BucketProofs {
  private static final Duration VALID = Duration.ofMinutes(1);

  private final LongSupplier nanos;
  private final Map<String, Long> seen = new ConcurrentHashMap<>();

  /**
   * No bucket is known yet.
   *
   * @param nanos a clock like {@link System#nanoTime}
   */
  public BucketProofs(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** An answer just now could only come from an existing bucket. */
  public void saw(String bucket) {
    seen.put(bucket, nanos.getAsLong());
  }

  /** Whether the bucket existed less than a minute ago. */
  public boolean knows(String bucket) {
    Long when = seen.get(bucket);
    return when != null && nanos.getAsLong() - when < VALID.toNanos();
  }
}
