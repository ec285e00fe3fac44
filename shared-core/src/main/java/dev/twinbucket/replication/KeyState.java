package dev.twinbucket.replication;

import dev.twinbucket.decision.Base;
import dev.twinbucket.decision.Memory;
import dev.twinbucket.rule.SideName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the state store remembers of one name on a two-way rule.
 *
 * @param base where both sides were last settled
 * @param claim who works on the name now
 * @param writers owners of claims since the base was last moved, the latest last: what they wrote
 *     may not be in the base
 * @param lookAgain a hint arrived while the claim was held; the holder looks again before it lets
 *     go
 */
record KeyState(
    Optional<Base> base, Optional<Claim> claim, List<String> writers, boolean lookAgain) {
  /** Nothing is known. */
  static final KeyState UNKNOWN =
      new KeyState(Optional.empty(), Optional.empty(), List.of(), false);

  private static final int WRITERS_AT_MOST = 32;

  KeyState {
    writers = List.copyOf(writers);
  }

  /**
   * A lease on the right to write.
   *
   * @param owner whose
   * @param until when it ends, by the clock of whoever asks
   * @param message the message that the holder works for and that comes back if the holder dies,
   *     empty if none
   */
  record Claim(String owner, Instant until, String message) {}

  boolean isClaimedAt(Instant now) {
    return claim.isPresent() && claim.get().until().isAfter(now);
  }

  boolean isHeldBy(String owner) {
    return claim.isPresent() && claim.get().owner().equals(owner);
  }

  KeyState claimedBy(Claim newClaim) {
    List<String> announced = new ArrayList<>(writers);
    announced.remove(newClaim.owner());
    announced.add(newClaim.owner());
    int surplus = Math.max(0, announced.size() - WRITERS_AT_MOST);
    return new KeyState(
        base, Optional.of(newClaim), announced.subList(surplus, announced.size()), false);
  }

  /** The same with somebody named whose write is about to be made under this claim. */
  KeyState announcing(String writer) {
    List<String> announced = new ArrayList<>(writers);
    announced.remove(writer);
    announced.add(writer);
    int surplus = Math.max(0, announced.size() - WRITERS_AT_MOST);
    return new KeyState(base, claim, announced.subList(surplus, announced.size()), lookAgain);
  }

  /** Both sides are settled: nothing is claimed, and every write so far is in the base. */
  static KeyState settled(Base base) {
    return new KeyState(Optional.of(base), Optional.empty(), List.of(), false);
  }

  /** Let go without having settled anything. */
  KeyState released(String owner, boolean mayHaveWritten) {
    List<String> announced = new ArrayList<>(writers);
    if (!mayHaveWritten) {
      announced.remove(owner);
    }
    return new KeyState(base, Optional.empty(), announced, false);
  }

  KeyState withLookAgain() {
    return new KeyState(base, claim, writers, true);
  }

  boolean isUnknown() {
    return equals(UNKNOWN);
  }

  Memory memory(Optional<SideName> removal) {
    return new Memory(base, writers, removal);
  }
}
