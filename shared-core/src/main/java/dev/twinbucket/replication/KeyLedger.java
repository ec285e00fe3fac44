package dev.twinbucket.replication;

import dev.twinbucket.object.Fingerprint;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.state.StateRow;
import dev.twinbucket.state.StateStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of the names of two-way rules, typed. */
final class KeyLedger {
  /** How long a deletion is remembered, so that a late hint or a backfill brings nothing back. */
  static final Duration TOMBSTONE_LIFETIME = Duration.ofDays(30);

  private static final int LONGEST_ROW_KEY = 1024;

  private final StateStore store;

  KeyLedger(StateStore store) {
    this.store = store;
  }

  /**
   * A row as it was read.
   *
   * @param key the row's key
   * @param row what the store holds, empty if nothing
   * @param state what that means
   * @param past how work on the key ended lately
   */
  record Entry(String key, Optional<StateRow> row, KeyState state, List<Past> past) {}

  Entry read(Rule rule, String name) {
    String key = rowKey(rule, name);
    Optional<StateRow> row = store.read(key);
    KeyState state = row.map(r -> KeyStateText.read(r.value())).orElse(KeyState.UNKNOWN);
    List<Past> past = row.map(r -> KeyStateText.readPast(r.value())).orElse(List.of());
    return new Entry(key, row, state, past);
  }

  /**
   * Moves a row on.
   *
   * @return the row as it is now, or empty if somebody else came first
   */
  Optional<Entry> move(Entry entry, KeyState next, Instant now) {
    return move(entry, next, entry.past(), now);
  }

  /** The same, and notes how work on the key ended. */
  Optional<Entry> move(Entry entry, KeyState next, Outcome ending, Instant now) {
    return move(entry, next, Past.after(entry.past(), ending, now), now);
  }

  private Optional<Entry> move(Entry entry, KeyState next, List<Past> past, Instant now) {
    if (next.isUnknown() && entry.row().isPresent()) {
      return store.remove(entry.key(), entry.row().get())
          ? Optional.of(new Entry(entry.key(), Optional.empty(), next, List.of()))
          : Optional.empty();
    }
    boolean tombstone =
        next.claim().isEmpty() && next.base().isPresent() && next.base().get().isTombstone();
    Optional<Instant> expiry =
        tombstone ? Optional.of(now.plus(TOMBSTONE_LIFETIME)) : Optional.empty();
    return store
        .compareAndSet(entry.key(), entry.row(), KeyStateText.write(next, past), expiry)
        .map(row -> new Entry(entry.key(), Optional.of(row), next, past));
  }

  private static String rowKey(Rule rule, String name) {
    String plain = rule.name() + "/" + name;
    return plain.getBytes(StandardCharsets.UTF_8).length <= LONGEST_ROW_KEY
        ? plain
        : rule.name() + "//" + new Fingerprint().add(name);
  }
}
