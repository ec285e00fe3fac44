package dev.twinbucket.benchmarks;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one tool needed for the whole work.
 *
 * @param tool its name
 * @param elapsed from the first request to the last answer; a process's start counts where it is
 *     part of the work
 * @param processor time of all cores that the process used up
 * @param peakBytes the most memory that was resident at once
 * @param s3 requests by operation
 * @param gcs requests by operation
 */
record Measurement(
    String tool,
    Duration elapsed,
    Duration processor,
    long peakBytes,
    Map<String, Long> s3,
    Map<String, Long> gcs) {

  String describe(Options options) {
    double seconds = elapsed.toNanos() / 1e9;
    double mib = (double) options.bytes() * options.objects() / (1 << 20);
    return "%-11s %8.2f s %10.1f objects/s %9.1f MiB/s %8.2f s of processor %7d MiB resident%n%s"
        .formatted(
            tool,
            seconds,
            options.objects() / seconds,
            mib / seconds,
            processor.toNanos() / 1e9,
            peakBytes >> 20,
            "            S3 " + new TreeMap<>(s3) + ", GCS " + new TreeMap<>(gcs));
  }
}
