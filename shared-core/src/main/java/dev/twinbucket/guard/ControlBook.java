package dev.twinbucket.guard;

import dev.twinbucket.rule.DeleteGuard;
import dev.twinbucket.state.StateException;
import dev.twinbucket.state.StateRow;
import dev.twinbucket.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The rows of the rules, typed. Safe for use by several threads. */
public final class ControlBook {
  /** What no rule's name begins with: a row of the book is no row of a key. */
  private static final String MARK = "#rule/";

  private static final int ATTEMPTS = 50;

  private final StateStore store;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  /** Rows in that store, which stays its owner's. */
  public ControlBook(StateStore store) {
    this.store = store;
  }

  /** The last that this process saw of a rule. */
  private record Seen(Controls controls, Instant at) {}

  /**
   * A row as it was read.
   *
   * @param rule the rule's name
   * @param row what the store holds, empty if nothing
   * @param controls what that means
   */
  record Entry(String rule, Optional<StateRow> row, Controls controls) {}

  /** What holds for a rule now; never an older answer. */
  public Controls read(String rule, Instant now) {
    return find(rule, now).controls();
  }

  /**
   * Changes what holds for a rule, however often others come first.
   *
   * @return what holds then
   * @throws StateException if it is not known to have been changed
   */
  public Controls change(String rule, Instant now, UnaryOperator<Controls> change) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Entry entry = find(rule, now);
      Optional<Entry> moved = move(entry, change.apply(entry.controls()), now);
      if (moved.isPresent()) {
        return moved.get().controls();
      }
    }
    throw new StateException("others keep changing the row of the rule " + rule, null);
  }

  Entry find(String rule, Instant now) {
    Optional<StateRow> row = store.read(MARK + rule);
    Controls controls = row.map(r -> ControlsText.read(r.value())).orElse(Controls.NONE);
    seen.put(rule, new Seen(controls, now));
    return new Entry(rule, row, controls);
  }

  /** What was read of a rule not longer ago than that, if it was. */
  Optional<Controls> recall(String rule, Instant now, Duration atMost) {
    return Optional.ofNullable(seen.get(rule))
        .filter(known -> known.at().plus(atMost).isAfter(now))
        .map(Seen::controls);
  }

  /**
   * Moves a row on.
   *
   * @return the row as it is now, or empty if somebody else came first
   */
  Optional<Entry> move(Entry entry, Controls next, Instant now) {
    Optional<Instant> expiry = expiry(next);
    if (expiry.isPresent() && !expiry.get().isAfter(now)) {
      return drop(entry);
    }
    return store
        .compareAndSet(MARK + entry.rule(), entry.row(), ControlsText.write(next), expiry)
        .map(row -> new Entry(entry.rule(), Optional.of(row), next));
  }

  private Optional<Entry> drop(Entry entry) {
    return entry.row().isEmpty() || store.remove(MARK + entry.rule(), entry.row().get())
        ? Optional.of(new Entry(entry.rule(), Optional.empty(), Controls.NONE))
        : Optional.empty();
  }

  /** What is switched off or held stays so; counts, releases and discards pass. */
  private static Optional<Instant> expiry(Controls controls) {
    if (!controls.closed().isEmpty() || !controls.trips().isEmpty()) {
      return Optional.empty();
    }
    return Stream.of(
            controls.discardedBefore().map(before -> before.plus(Controls.DISCARD_LASTS)),
            controls.release().map(Controls.Release::until),
            controls.window().map(window -> window.start().plus(DeleteGuard.LONGEST_WINDOW)))
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder())
        .or(() -> Optional.of(Instant.MIN));
  }
}
