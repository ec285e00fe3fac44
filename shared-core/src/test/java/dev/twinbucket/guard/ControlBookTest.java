package dev.twinbucket.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.guard.Controls.Release;
import dev.twinbucket.guard.Controls.Tally;
import dev.twinbucket.guard.Controls.Trip;
import dev.twinbucket.guard.Controls.Window;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.state.InMemoryStateStore;
import dev.twinbucket.state.StateException;
import dev.twinbucket.time.TestingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the rules. */
class ControlBookTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final TestingClock clock = new TestingClock(START);
  private final InMemoryStateStore store = new InMemoryStateStore(clock);
  private final ControlBook book = new ControlBook(store);

  @Test
  void everythingIsReadAsItWasWritten() {
    Controls all =
        new Controls(
            Set.of(SideName.LEFT, SideName.RIGHT),
            Optional.of(START),
            Optional.of(new Release("id", START.plusSeconds(5), OptionalLong.of(7))),
            Map.of(SideName.LEFT, new Trip(START, "too many")),
            Optional.of(
                new Window(
                    "w",
                    START,
                    Map.of(
                        SideName.LEFT, new Tally(3, OptionalLong.empty()),
                        SideName.RIGHT, new Tally(4, OptionalLong.of(1000))))));

    book.change("r", START, _ -> all);

    assertThat(book.read("r", START)).isEqualTo(all);
    assertThat(new ControlBook(store).read("r", START)).isEqualTo(all);
    assertThat(book.read("other", START)).isEqualTo(Controls.NONE);
  }

  @Test
  void commandsOfManyAtOnceAllCount() throws InterruptedException {
    Thread left = Thread.startVirtualThread(() -> closeAndOpen(SideName.LEFT));
    Thread right = Thread.startVirtualThread(() -> closeAndOpen(SideName.RIGHT));
    left.join();
    right.join();

    assertThat(book.read("r", START).closed()).hasSize(2);
  }

  private void closeAndOpen(SideName side) {
    for (int i = 0; i < 100; i++) {
      boolean shut = i % 2 == 1;
      book.change("r", START, controls -> controls.withClosed(side, shut));
    }
  }

  @Test
  void whatAnOperatorSwitchedOffStaysAndTheRestPasses() {
    book.change("off", START, controls -> controls.withClosed(SideName.LEFT, true));
    book.change("discarded", START, controls -> controls.discarded(START));

    clock.advance(Controls.DISCARD_LASTS.plus(Duration.ofSeconds(1)));

    assertThat(store.read("#rule/off")).isPresent();
    assertThat(store.read("#rule/discarded")).isEmpty();
  }

  @Test
  void nothingIsLeftOfWhatSaysNothing() {
    book.change("r", START, controls -> controls.withClosed(SideName.LEFT, true));
    book.change("r", START, controls -> controls.withClosed(SideName.LEFT, false));

    assertThat(store.read("#rule/r")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"v\":2}",
        "{\"v\":1,\"closed\":[\"up\"]}",
        "{\"v\":1,\"trips\":{\"left\":{}}}",
        "{\"v\":1,\"window\":{\"id\":\"w\",\"start\":1}}"
      })
  void aRowThatCannotBeReadIsNoAbsence(String row) {
    store.compareAndSet("#rule/r", Optional.empty(), row, Optional.empty());

    assertThatThrownBy(() -> book.read("r", START)).isInstanceOf(StateException.class);
  }
}
