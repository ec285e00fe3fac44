package dev.twinbucket.guard;

import dev.twinbucket.rule.SideName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** The deletes that this process has reserved and not made yet. */
final class Permits {
  private static final long LARGEST_BLOCK = 1024;

  private final Map<Key, Pool> pools = new ConcurrentHashMap<>();

  private record Key(String rule, SideName side) {}

  /** Those of one side of one rule. */
  Pool of(String rule, SideName side) {
    return pools.computeIfAbsent(new Key(rule, side), _ -> new Pool());
  }

  /**
   * One thread reserves for all that wait: {@link #lock} is held meanwhile. What was reserved
   * doubles every time, so that a process never holds more than it has used.
   */
  static final class Pool {
    final ReentrantLock lock = new ReentrantLock(true);
    private final AtomicInteger waiting = new AtomicInteger();
    private String id = "";
    private long left;
    private long reserved;

    /** Takes one, if there is any under that id. */
    synchronized boolean take(Optional<String> current) {
      if (left > 0 && current.isPresent() && current.get().equals(id)) {
        left--;
        return true;
      }
      return false;
    }

    synchronized void add(String newId, long permits) {
      if (!newId.equals(id)) {
        id = newId;
        left = 0;
        reserved = 0;
      }
      left += permits;
      reserved += permits;
    }

    void begin() {
      waiting.incrementAndGet();
    }

    void end() {
      waiting.decrementAndGet();
    }

    /** How many to ask for: as many as are waited for, and as many as there were before. */
    synchronized long wanted(Optional<String> current) {
      long before = current.isPresent() && current.get().equals(id) ? reserved : 0;
      return Math.min(LARGEST_BLOCK, Math.max(Math.max(1, waiting.get()), before));
    }
  }
}
