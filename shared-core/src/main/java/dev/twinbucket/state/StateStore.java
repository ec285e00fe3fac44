package dev.twinbucket.state;

import java.time.Instant;
import java.util.Optional;

/**
 * Rows of text that change by compare-and-set, and nothing else: linearizable for each key. Calls
 * throw {@link StateException} when they did not happen or may not have happened.
 *
 * <p>A row that has expired is absent, whether or not the store has got round to dropping it. Where
 * the answer to a write was lost and somebody else has replaced that very write since, the writer
 * is told that another came first: what stands now is not its own in either case.
 *
 * <p>An instance is shared by any number of threads.
 */
public interface StateStore extends AutoCloseable {
  /** A key may not be longer, in bytes of UTF-8; what a DynamoDB partition key may hold. */
  int LONGEST_KEY = 2048;

  /** A value may not be longer, in bytes of UTF-8. */
  int LONGEST_VALUE = 64 * 1024;

  /** The row of this key, read consistently. */
  Optional<StateRow> read(String key);

  /**
   * Writes a row if it still is what {@code expected} says.
   *
   * @param key well-formed text of 1 to {@value #LONGEST_KEY} bytes
   * @param expected the row as it was read, or empty if there must be none
   * @param value well-formed text of at most 64 KiB
   * @param expiresAt after which the store may forget the row, or empty to keep it; whole seconds
   *     count, a part of one is rounded up
   * @return the row as written, or empty if another writer came first
   * @throws IllegalArgumentException if the key or the value cannot be kept
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
