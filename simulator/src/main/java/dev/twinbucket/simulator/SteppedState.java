package dev.twinbucket.simulator;

import dev.twinbucket.state.StateException;
import dev.twinbucket.state.StateRow;
import dev.twinbucket.state.StateStore;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** The state store as one worker sees it. */
record SteppedState(StateStore store, Worker worker) implements StateStore {
  @Override
  public Optional<StateRow> read(String key) {
    return step(() -> "read row", () -> store.read(key));
  }

  @Override
  public Optional<StateRow> compareAndSet(
      String key, Optional<StateRow> expected, String value, Optional<Instant> expiresAt) {
    return step(
        () -> "set row " + value, () -> store.compareAndSet(key, expected, value, expiresAt));
  }

  @Override
  public boolean remove(String key, StateRow expected) {
    return step(() -> "remove row", () -> store.remove(key, expected));
  }

  @Override
  public void close() {}

  private <T> T step(Supplier<String> what, Supplier<T> request) {
    return worker.request(what, request, cause -> new StateException(cause, null));
  }
}
