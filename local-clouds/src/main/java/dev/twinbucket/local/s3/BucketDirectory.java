package dev.twinbucket.local.s3;

import java.time.InstantSource;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** All buckets of the server. */
final class BucketDirectory {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  private final NavigableMap<String, Bucket> buckets = new TreeMap<>();
  private final InstantSource clock;

  BucketDirectory(InstantSource clock) {
    this.clock = clock;
  }

  /** The bucket, or NoSuchBucket. */
  synchronized Bucket get(String name) {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw ErrorCode.NO_SUCH_BUCKET.failure().element("BucketName", name);
    }
    return bucket;
  }

  synchronized List<Bucket> all() {
    return List.copyOf(buckets.values());
  }

  synchronized Bucket create(String name, String region) {
    if (!NAME.matcher(name).matches() || name.contains("..")) {
      throw ErrorCode.INVALID_BUCKET_NAME.failure().element("BucketName", name);
    }
    if (buckets.containsKey(name)) {
      throw ErrorCode.BUCKET_ALREADY_OWNED_BY_YOU.failure().element("BucketName", name);
    }
    Bucket bucket = new Bucket(name, region, clock);
    buckets.put(name, bucket);
    return bucket;
  }

  synchronized void delete(String name) {
    if (!get(name).isEmpty()) {
      throw ErrorCode.BUCKET_NOT_EMPTY.failure().element("BucketName", name);
    }
    buckets.remove(name);
  }

  synchronized void clear() {
    buckets.clear();
  }
}
