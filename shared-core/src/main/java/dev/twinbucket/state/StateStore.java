package dev.twinbucket.state;

import java.time.Instant;
import java.util.Optional;

/**
 * Rows of text that change by compare-and-set, and nothing else: linearizable for each key. Calls
 * throw {@link StateException} when they did not happen or may not have happened.
 */
public interface StateStore extends AutoCloseable {
  /** The row of this key, read consistently. */
  Optional<StateRow> read(String key);

  /**
   * Writes a row if it still is what {@code expected} says.
   *
   * @param key any text of at most 1,024 bytes
   * @param expected the row as it was read, or empty if there must be none
   * @param value at most 64 KiB
   * @param expiresAt after which the store may forget the row, or empty to keep it
   * @return the row as written, or empty if another writer came first
   */
  Optional<StateRow> compareAndSet(
      String key, Optional<StateRow> expected, String value, Optional<Instant> expiresAt);

  /**
   * Removes a row if it still is what {@code expected} says.
   *
   * @return false if another writer came first
   */
  boolean remove(String key, StateRow expected);

  /** Releases what the store holds. */
  @Override
  void close();
}
