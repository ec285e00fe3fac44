package dev.twinbucket.reconcile;

import dev.twinbucket.object.KeyOrder;
import java.util.Optional;

/** Two listings in order, merged: every name that either side lists, once. */
final class NamePairs {
  private final SideListing left;
  private final SideListing right;
  private final Position from;

  NamePairs(SideListing left, SideListing right, Position from) {
    this.left = left;
    this.right = right;
    this.from = from;
  }

  /**
   * A name and who lists it.
   *
   * @param at where a run goes on that has looked at this one
   */
  record NamePair(String name, boolean onLeft, boolean onRight, Position at) {}

  /**
   * The next name, empty at the end of both.
   *
   * @throws ListingException if a listing fails or cannot be trusted
   */
  Optional<NamePair> next() {
    while (true) {
      Optional<String> l = left.peek();
      Optional<String> r = right.peek();
      if (l.isEmpty() && r.isEmpty()) {
        return Optional.empty();
      }
      int order = l.isEmpty() ? 1 : r.isEmpty() ? -1 : KeyOrder.UTF_8.compare(l.get(), r.get());
      String name = order <= 0 ? l.orElseThrow() : r.orElseThrow();
      Position at = new Position(left.page(), right.page(), name, from.oneSideEmpty());
      if (order <= 0) {
        left.advance();
      }
      if (order >= 0) {
        right.advance();
      }
      if (from.after().isEmpty() || KeyOrder.UTF_8.compare(name, from.after()) > 0) {
        return Optional.of(new NamePair(name, order <= 0, order >= 0, at));
      }
    }
  }
}
