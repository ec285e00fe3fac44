package dev.twinbucket.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.twinbucket.time.TestingClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of rows does, whatever it is made of. */
public abstract class StateStoreContract {
  private static final Optional<StateRow> NONE = Optional.empty();
  private static final Optional<Instant> NEVER = Optional.empty();
  private static final String KEY = "rule/left/some key";
  private static final int WRITERS = 6;
  private static final int ROUNDS = 5;

  protected final TestingClock clock = new TestingClock(Instant.parse("2026-11-21T12:00:00Z"));
  private StateStore store;

  /** An empty store, to be closed by the suite. */
  protected abstract StateStore open(Clock clock);

  @BeforeEach
  void openStore() {
    store = open(clock);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void aRowThatNobodyWroteIsAbsent() {
    assertThat(store.read(KEY)).isEmpty();
  }

  @Test
  void aRowIsReadBackAsItWasWritten() {
    StateRow written = create(KEY, "value");

    assertThat(written.value()).isEqualTo("value");
    assertThat(store.read(KEY)).contains(written);
  }

  @Test
  void aRowIsCreatedOnlyWhereThereIsNone() {
    StateRow first = create(KEY, "first");

    assertThat(store.compareAndSet(KEY, NONE, "second", NEVER)).isEmpty();
    assertThat(store.read(KEY)).contains(first);
  }

  @Test
  void aRowIsReplacedByWhoeverReadItLast() {
    create(KEY, "first");
    StateRow read = store.read(KEY).orElseThrow();

    StateRow second = replace(KEY, read, "second");

    assertThat(store.read(KEY)).contains(second);
  }

  @Test
  void aRowIsReplacedByWhoeverWroteItLastWithoutReadingItAgain() {
    StateRow second = replace(KEY, create(KEY, "first"), "second");
    StateRow third = replace(KEY, second, "third");

    assertThat(store.read(KEY)).contains(third);
  }

  @Test
  void aWriterWhoComesTooLateChangesNothing() {
    StateRow first = create(KEY, "first");
    StateRow second = replace(KEY, first, "second");

    assertThat(store.compareAndSet(KEY, Optional.of(first), "late", NEVER)).isEmpty();
    assertThat(store.read(KEY)).contains(second);
  }

  @Test
  void aRowThatIsNotThereCannotBeReplaced() {
    StateRow elsewhere = create("another key", "value");

    assertThat(store.compareAndSet(KEY, Optional.of(elsewhere), "value", NEVER)).isEmpty();
    assertThat(store.read(KEY)).isEmpty();
  }

  @Test
  void equalValuesAreStillDifferentWrites() {
    StateRow first = create(KEY, "same");
    StateRow second = replace(KEY, first, "same");

    assertThat(second.revision()).isNotEqualTo(first.revision());
    assertThat(store.compareAndSet(KEY, Optional.of(first), "late", NEVER)).isEmpty();
    assertThat(store.remove(KEY, first)).isFalse();
    assertThat(store.read(KEY)).contains(second);
  }

  @Test
  void aRemovedRowIsAbsentAndCanBeCreatedAgain() {
    assertThat(store.remove(KEY, create(KEY, "first"))).isTrue();
    assertThat(store.read(KEY)).isEmpty();

    StateRow again = create(KEY, "again");

    assertThat(store.read(KEY)).contains(again);
  }

  @Test
  void aRowOfBeforeARemovalIsNotTheOneThatWasCreatedAfterIt() {
    StateRow before = create(KEY, "same");
    assertThat(store.remove(KEY, before)).isTrue();
    StateRow after = create(KEY, "same");

    assertThat(store.compareAndSet(KEY, Optional.of(before), "late", NEVER)).isEmpty();
    assertThat(store.remove(KEY, before)).isFalse();
    assertThat(store.read(KEY)).contains(after);
  }

  @Test
  void aRowIsRemovedOnceAndOnlyAsItIsNow() {
    StateRow first = create(KEY, "first");
    StateRow second = replace(KEY, first, "second");

    assertThat(store.remove(KEY, first)).isFalse();
    assertThat(store.read(KEY)).contains(second);
    assertThat(store.remove(KEY, second)).isTrue();
    assertThat(store.remove(KEY, second)).isFalse();
    assertThat(store.compareAndSet(KEY, Optional.of(second), "late", NEVER)).isEmpty();
    assertThat(store.read(KEY)).isEmpty();
  }

  @Test
  void aRowIsThereUntilItExpires() {
    StateRow row = createExpiring(KEY, "lease", Duration.ofSeconds(60));

    clock.advance(Duration.ofSeconds(59));

    assertThat(store.read(KEY)).contains(row);
    assertThat(store.compareAndSet(KEY, NONE, "intruder", NEVER)).isEmpty();
    assertThat(store.compareAndSet(KEY, Optional.of(row), "renewed", NEVER)).isPresent();
  }

  @Test
  void anExpiredRowIsAbsentForEveryPurpose() {
    StateRow row = createExpiring(KEY, "lease", Duration.ofSeconds(60));

    clock.advance(Duration.ofSeconds(60));

    assertThat(store.read(KEY)).isEmpty();
    assertThat(store.compareAndSet(KEY, Optional.of(row), "renewed", NEVER)).isEmpty();
    assertThat(store.remove(KEY, row)).isFalse();
    StateRow next = create(KEY, "next");
    assertThat(store.read(KEY)).contains(next);
    assertThat(store.compareAndSet(KEY, Optional.of(row), "late", NEVER)).isEmpty();
  }

  @Test
  void aPartOfASecondIsRoundedUp() {
    StateRow row = createExpiring(KEY, "lease", Duration.ofMillis(1001));

    clock.advance(Duration.ofMillis(1999));
    assertThat(store.read(KEY)).contains(row);

    clock.advance(Duration.ofMillis(1));
    assertThat(store.read(KEY)).isEmpty();
  }

  @Test
  void aNewWriteDecidesAnewWhenTheRowExpires() {
    StateRow lease = createExpiring(KEY, "lease", Duration.ofSeconds(60));
    StateRow kept = replace(KEY, lease, "kept");

    clock.advance(Duration.ofDays(400));

    assertThat(store.read(KEY)).contains(kept);
  }

  @Test
  void keysAreOpaqueAndDistinct() {
    List<String> keys =
        List.of(
            "a/b",
            "a//b",
            "/a",
            "./a",
            "a/../b",
            "dir/",
            "a+b c%20d%2F",
            "quote\" back\\slash <&>",
            "\u0007\u202f\n",
            "\u00e9",
            "e\u0301",
            "\ud83d\ude00",
            "A/B",
            "k".repeat(StateStore.LONGEST_KEY),
            "k".repeat(StateStore.LONGEST_KEY - 1),
            "\u20ac".repeat(StateStore.LONGEST_KEY / 3));
    List<StateRow> rows = new ArrayList<>();
    for (String key : keys) {
      rows.add(create(key, "of " + rows.size()));
    }

    for (int i = 0; i < keys.size(); i++) {
      assertThat(store.read(keys.get(i))).as("row %d", i).contains(rows.get(i));
    }
  }

  @Test
  void valuesAreAnyTextUpTo64KiB() {
    List<String> values =
        List.of(
            "",
            " ",
            "{\"json\": [1, 2]}",
            "line\r\nbreak\tand \u0000 zero",
            "\u00e9 e\u0301 \ud83d\ude00 \u2028",
            "v".repeat(StateStore.LONGEST_VALUE),
            "\u0001".repeat(StateStore.LONGEST_VALUE),
            "\ud83d\ude00".repeat(StateStore.LONGEST_VALUE / 4));
    for (int i = 0; i < values.size(); i++) {
      StateRow row = create("value " + i, values.get(i));

      assertThat(row.value()).isEqualTo(values.get(i));
      assertThat(store.read("value " + i)).contains(row);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\ud83d", "\ude00 low half first"})
  void whatCannotBeAKeyIsRefused(String key) {
    assertKeyRefused(key);
  }

  @Test
  void aKeyThatIsTooLongIsRefused() {
    assertKeyRefused("k".repeat(StateStore.LONGEST_KEY + 1));
    assertKeyRefused("\u20ac".repeat(StateStore.LONGEST_KEY / 3 + 1));
  }

  @Test
  void aValueThatCannotBeKeptIsRefusedAndChangesNothing() {
    for (String value : List.of("v".repeat(StateStore.LONGEST_VALUE + 1), "half \ud83d")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.compareAndSet(KEY, NONE, value, NEVER));
    }
    assertThat(store.read(KEY)).isEmpty();
  }

  @Test
  void ofManyWhoCreateARowAtOnceOneSucceeds() throws Exception {
    List<Optional<StateRow>> answers =
        atOnce(writer -> store.compareAndSet(KEY, NONE, "writer " + writer, NEVER));

    List<StateRow> winners = answers.stream().flatMap(Optional::stream).toList();
    assertThat(winners).hasSize(1);
    assertThat(store.read(KEY)).contains(winners.getFirst());
  }

  @Test
  void ofManyWhoRemoveARowAtOnceOneSucceeds() throws Exception {
    StateRow row = create(KEY, "value");

    List<Boolean> answers = atOnce(writer -> store.remove(KEY, row));

    assertThat(answers).containsOnlyOnce(true);
    assertThat(store.read(KEY)).isEmpty();
  }

  @Test
  void noIncrementIsLostHoweverManyCountAtOnce() throws Exception {
    create(KEY, "0");

    atOnce(
        writer -> {
          for (int round = 0; round < ROUNDS; round++) {
            increment();
          }
          return true;
        });

    assertThat(store.read(KEY).orElseThrow().value()).isEqualTo("" + WRITERS * ROUNDS);
  }

  private void increment() {
    Optional<StateRow> written = NONE;
    while (written.isEmpty()) {
      StateRow row = store.read(KEY).orElseThrow();
      String next = Integer.toString(Integer.parseInt(row.value()) + 1);
      written = store.compareAndSet(KEY, Optional.of(row), next, NEVER);
    }
  }

  /** One piece of work of several that are done at the same time. */
  private interface Work<T> {
    T of(int writer);
  }

  private static <T> List<T> atOnce(Work<T> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    List<Callable<T>> tasks = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      tasks.add(
          () -> {
            start.await();
            return work.of(writer);
          });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> answers = new ArrayList<>();
      for (Future<T> answer : threads.invokeAll(tasks)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  private void assertKeyRefused(String key) {
    StateRow row = create("a key that is fine", "value");
    assertThatIllegalArgumentException().isThrownBy(() -> store.read(key));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.compareAndSet(key, NONE, "value", NEVER));
    assertThatIllegalArgumentException().isThrownBy(() -> store.remove(key, row));
    assertThat(store.remove("a key that is fine", row)).isTrue();
  }

  private StateRow create(String key, String value) {
    return store.compareAndSet(key, NONE, value, NEVER).orElseThrow();
  }

  private StateRow createExpiring(String key, String value, Duration after) {
    return store
        .compareAndSet(key, NONE, value, Optional.of(clock.instant().plus(after)))
        .orElseThrow();
  }

  private StateRow replace(String key, StateRow expected, String value) {
    return store.compareAndSet(key, Optional.of(expected), value, NEVER).orElseThrow();
  }
}
