package dev.twinbucket.transfer;

import dev.twinbucket.object.Crc32c;
import java.util.Optional;

/**
 * Consecutive parts that are in one state. Where it begins follows from the ranges before it.
 *
 * @param parts how many, at least one
 * @param state of them all
 */
record Range(int parts, State state) {
  Range {
    if (parts < 1) {
      throw new IllegalArgumentException("a range has at least one part");
    }
  }

  /** What is known of a range. */
  sealed interface State {}

  /**
   * Nobody works on it.
   *
   * @param touched whether somebody did: some of the parts may have arrived
   */
  record Free(boolean touched) implements State {}

  /** Somebody works on it. */
  record Taken(Lease lease) implements State {}

  /**
   * Every part has arrived.
   *
   * @param crc of the range's bytes, as they were read at the source; empty if a part was found
   *     that somebody else had read, at a destination that keeps no checksums of parts
   */
  record Done(Optional<Crc32c> crc) implements State {}

  static final State FRESH = new Free(false);
  static final State TOUCHED = new Free(true);
}
