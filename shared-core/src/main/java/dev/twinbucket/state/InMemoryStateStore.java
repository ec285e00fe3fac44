package dev.twinbucket.state;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Rows that last as long as the process: for simulations, for one-way rules that need no memory,
 * and for trying Twinbucket out. Two functions do not see each other's rows, so two-way rules
 * should not rely on it in production.
 *
 * <p>An expired row takes up memory until somebody asks for its key.
 */
public final class InMemoryStateStore implements StateStore {
  private record Entry(StateRow row, Optional<Long> expirySecond) {}

  private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicLong writes = new AtomicLong();
  private final Clock clock;

  /** An empty store; the clock decides what has expired. */
  public InMemoryStateStore(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Optional<StateRow> read(String key) {
    RowLimits.checkKey(key);
    return Optional.ofNullable(entries.computeIfPresent(key, (k, entry) -> ifAlive(entry)))
        .map(Entry::row);
  }

  @Override
  public Optional<StateRow> compareAndSet(
      String key, Optional<StateRow> expected, String value, Optional<Instant> expiresAt) {
    RowLimits.checkKey(key);
    RowLimits.checkValue(value);
    StateRow next = new StateRow(value, Long.toString(writes.incrementAndGet()));
    Entry written = new Entry(next, RowLimits.expirySecond(expiresAt));
    Entry stands =
        entries.compute(key, (k, entry) -> matches(entry, expected) ? written : ifAlive(entry));
    return stands != null && stands.row().revision().equals(next.revision())
        ? Optional.of(next)
        : Optional.empty();
  }

  @Override
  public boolean remove(String key, StateRow expected) {
    RowLimits.checkKey(key);
    boolean[] removed = new boolean[1];
    entries.computeIfPresent(
        key,
        (k, entry) -> {
          removed[0] = matches(entry, Optional.of(expected));
          return removed[0] ? null : ifAlive(entry);
        });
    return removed[0];
  }

  @Override
  public void close() {
    entries.clear();
  }

  private boolean matches(Entry entry, Optional<StateRow> expected) {
    Optional<String> stands =
        Optional.ofNullable(entry == null ? null : ifAlive(entry)).map(e -> e.row().revision());
    return stands.equals(expected.map(StateRow::revision));
  }

  /** For the map's own callbacks, where nothing is a null. */
  private Entry ifAlive(Entry entry) {
    return entry != null && RowLimits.isAlive(entry.expirySecond(), clock.instant()) ? entry : null;
  }
}
