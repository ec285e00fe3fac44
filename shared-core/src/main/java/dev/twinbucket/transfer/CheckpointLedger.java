package dev.twinbucket.transfer;

import dev.twinbucket.object.Fingerprint;
import dev.twinbucket.state.StateRow;
import dev.twinbucket.state.StateStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The rows of transfers, typed. One for each name of a rule on which a transfer is under way. */
final class CheckpointLedger {
  /** A row that nobody has touched for so long is forgotten; its upload is gone long before. */
  static final Duration LIFETIME = Duration.ofDays(30);

  /** A rule's name never begins so: these rows are nobody else's. */
  private static final String FOLDER = "#transfer/";

  private static final int LONGEST_ROW_KEY = 1024;

  private final StateStore store;

  CheckpointLedger(StateStore store) {
    this.store = store;
  }

  /**
   * A row as it was read.
   *
   * @param key the row's key
   * @param row what the store holds, empty if nothing
   * @param checkpoint what that means
   */
  record Entry(String key, Optional<StateRow> row, Optional<Checkpoint> checkpoint) {}

  Entry read(String rule, String name) {
    return read(rowKey(rule, name));
  }

  Entry read(Entry before) {
    return read(before.key());
  }

  private Entry read(String key) {
    Optional<StateRow> row = store.read(key);
    return new Entry(key, row, row.map(r -> CheckpointText.read(r.value())));
  }

  /**
   * Moves a row on.
   *
   * @return the row as it is now, or empty if somebody else came first
   */
  Optional<Entry> move(Entry entry, Checkpoint next, Instant now) {
    return store
        .compareAndSet(
            entry.key(), entry.row(), CheckpointText.write(next), Optional.of(now.plus(LIFETIME)))
        .map(row -> new Entry(entry.key(), Optional.of(row), Optional.of(next)));
  }

  /**
   * Removes a row.
   *
   * @return false if somebody else came first
   */
  boolean remove(Entry entry) {
    return entry.row().isEmpty() || store.remove(entry.key(), entry.row().get());
  }

  private static String rowKey(String rule, String name) {
    String plain = FOLDER + rule + "/" + name;
    return plain.getBytes(StandardCharsets.UTF_8).length <= LONGEST_ROW_KEY
        ? plain
        : FOLDER + rule + "//" + new Fingerprint().add(name);
  }
}
