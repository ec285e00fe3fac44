package dev.twinbucket.local.gcs;

import java.util.EnumMap;
import java.util.Map;

/** How often each operation was asked for. */
final class RequestCounts {

  private final Map<GcsOperation, Long> counts = new EnumMap<>(GcsOperation.class);

  synchronized void count(GcsOperation operation) {
    counts.merge(operation, 1L, Long::sum);
  }

  synchronized Map<GcsOperation, Long> snapshot() {
    return Map.copyOf(counts);
  }

  synchronized void reset() {
    counts.clear();
  }
}
