package dev.twinbucket.replication;

import static dev.twinbucket.rule.SideName.LEFT;
import static dev.twinbucket.rule.SideName.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.guard.Controls;
import dev.twinbucket.outcome.FailureReason;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.rule.DeleteGuard;
import dev.twinbucket.rule.Direction;
import dev.twinbucket.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deletes beyond the limits wait for an operator; everything else goes on. */
class DeleteGuardTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final DeleteGuard HALF = new DeleteGuard(true, HOUR, 10_000, 50, 5);
  private static final DeleteGuard TEN = new DeleteGuard(true, HOUR, 10, 100, 10);

  @ParameterizedTest
  @EnumSource(names = {"LEFT_TO_RIGHT", "TWO_WAY"})
  void sixtyPercentOfABucketDeletedAtOnceAreHeldUntilApprovedWhileCopiesGoOn(Direction direction)
      throws Exception {
    Bench bench = new Bench(direction, DeleteGuard.DEFAULT);
    for (int i = 0; i < 100; i++) {
      bench.settle(LEFT, "k" + i);
    }
    for (int i = 0; i < 60; i++) {
      bench.delete(LEFT, "k" + i);
    }
    bench.put(LEFT, "new", "v");
    List<Replication> functions = functions(bench, 4);

    List<Outcome> outcomes = deleted(bench, functions, 0, 60);
    Outcome copied = bench.handle(functions.get(1), LEFT, "new", EventType.CREATED, now(bench));

    // Half of the hundred at most, and half of them are gone when the first held one is met.
    assertThat(count(outcomes, Outcome.Deleted.class)).isBetween(25L, 50L);
    assertThat(outcomes)
        .allMatch(end -> end instanceof Outcome.Deleted || end instanceof Outcome.Held);
    assertThat(outcomes).filteredOn(Outcome.Held.class::isInstance).noneMatch(Outcome::isTerminal);
    assertThat(bench.keys(RIGHT)).hasSizeGreaterThanOrEqualTo(51).contains("new");
    assertThat(copied).isInstanceOf(Outcome.Copied.class);

    release(bench, OptionalLong.empty());
    deleted(bench, functions, 0, 60);
    assertThat(bench.keys(RIGHT)).hasSize(41).containsExactlyElementsOf(bench.keys(LEFT));
  }

  @Test
  void aSingleInstanceMakesExactlyAsManyAsItMay() {
    Bench bench = withDeleted(TEN, 20);

    List<Outcome> outcomes = handle(bench, 0, 20);

    assertThat(outcomes.subList(0, 10)).allMatch(Outcome.Deleted.class::isInstance);
    assertThat(outcomes.subList(10, 20)).allMatch(Outcome.Held.class::isInstance);
    assertThat(((Outcome.Held) outcomes.getLast()).detail())
        .isEqualTo("deletes are held: more than 10 deletes within 60 minutes");
  }

  @Test
  void manyInstancesTogetherNeverMakeMore() throws Exception {
    DeleteGuard guard = new DeleteGuard(true, HOUR, 100, 100, 100);
    Bench bench = withDeleted(guard, 300);

    List<Outcome> outcomes = deleted(bench, functions(bench, 12), 0, 300);

    assertThat(count(outcomes, Outcome.Deleted.class)).isBetween(50L, 100L);
    assertThat(300 - bench.keys(RIGHT).size())
        .isEqualTo(Math.toIntExact(count(outcomes, Outcome.Deleted.class)));
  }

  @Test
  void itStaysHeldWhenTheWindowIsOver() {
    Bench bench = withDeleted(TEN, 20);
    handle(bench, 0, 20);

    bench.clock.advance(Duration.ofHours(5));

    assertThat(handle(bench, 10, 20)).allMatch(Outcome.Held.class::isInstance);
  }

  @Test
  void deletesThatAreSpreadOverTimeAreNotHeld() {
    Bench bench = withDeleted(TEN, 20);

    assertThat(handle(bench, 0, 10)).allMatch(Outcome.Deleted.class::isInstance);
    bench.clock.advance(HOUR);
    assertThat(handle(bench, 10, 20)).allMatch(Outcome.Deleted.class::isInstance);
  }

  @Test
  void theTwoSidesAreCountedApart() {
    Bench bench = new Bench(Direction.TWO_WAY, TEN);
    for (int i = 0; i < 10; i++) {
      bench.settle(LEFT, "l" + i);
      bench.settle(LEFT, "r" + i);
    }
    for (int i = 0; i < 10; i++) {
      bench.delete(LEFT, "l" + i);
      bench.delete(RIGHT, "r" + i);
      assertThat(bench.handle(LEFT, "l" + i, EventType.DELETED))
          .isInstanceOf(Outcome.Deleted.class);
      assertThat(bench.handle(RIGHT, "r" + i, EventType.DELETED))
          .isInstanceOf(Outcome.Deleted.class);
    }
    assertThat(bench.keys(LEFT)).isEmpty();
    assertThat(bench.keys(RIGHT)).isEmpty();
  }

  @Test
  void aRuleWithoutAGuardHoldsNothing() {
    Bench bench = withDeleted(DeleteGuard.OFF, 30);

    assertThat(handle(bench, 0, 30)).allMatch(Outcome.Deleted.class::isInstance);
  }

  @Test
  void aListingThatFailsLetsNothingThrough() {
    Bench bench = withDeleted(HALF, 20);
    bench.beforeCall =
        call -> {
          if (call.equals("list")) {
            throw new StoreException.Unavailable("the listing breaks off", null);
          }
        };

    List<Outcome> outcomes = handle(bench, 0, 20);

    assertThat(count(outcomes, Outcome.Deleted.class)).isEqualTo(5);
    assertThat(outcomes.subList(5, 20))
        .allSatisfy(
            end ->
                assertThat(end)
                    .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed ->
                            assertThat(failed.reason()).isEqualTo(FailureReason.UNAVAILABLE)));
    assertThat(bench.keys(RIGHT)).hasSize(15);
  }

  @Test
  void theBucketIsListedOnceAWindow() {
    Bench bench = withDeleted(HALF, 20);
    List<String> calls = new ArrayList<>();
    bench.beforeCall = calls::add;

    handle(bench, 0, 20);

    assertThat(calls).filteredOn("list"::equals).hasSize(1);
  }

  @Test
  void aReleasedNumberIsLetGoAndNoMore() {
    Bench bench = withDeleted(TEN, 30);
    handle(bench, 0, 30);

    release(bench, OptionalLong.of(12));
    List<Outcome> outcomes = handle(bench, 10, 30);

    assertThat(count(outcomes, Outcome.Deleted.class)).isEqualTo(12);
    assertThat(outcomes.subList(12, 20)).allMatch(Outcome.Held.class::isInstance);
    assertThat(((Outcome.Held) outcomes.getLast()).detail())
        .isEqualTo("deletes are held: the deletes that were released have been made");
  }

  @Test
  void afterAReleaseItCountsAnew() {
    Bench bench = withDeleted(TEN, 40);
    handle(bench, 0, 20);
    release(bench, OptionalLong.empty());
    assertThat(handle(bench, 10, 20)).allMatch(Outcome.Deleted.class::isInstance);

    bench.clock.advance(HOUR);

    List<Outcome> outcomes = handle(bench, 20, 40);
    assertThat(count(outcomes, Outcome.Deleted.class)).isEqualTo(10);
  }

  @Test
  void whatIsDiscardedOnATwoWayRuleStaysForGood() {
    Bench bench = new Bench(Direction.TWO_WAY, TEN);
    fill(bench, 20);
    Instant deletedAt = bench.clock.instant();
    handle(bench, 0, 20);

    bench.clock.advance(Duration.ofSeconds(1));
    bench.command(controls -> controls.discarded(bench.clock.instant()));
    bench.clock.advance(Duration.ofMinutes(1));

    for (int i = 10; i < 20; i++) {
      assertThat(bench.handle(bench.function(), LEFT, "k" + i, EventType.DELETED, deletedAt))
          .isEqualTo(new Outcome.Superseded(Steps.DISCARDED));
    }
    bench.clock.advance(Duration.ofDays(20));
    assertThat(bench.handle(LEFT, "k15", EventType.DELETED)).isInstanceOf(Outcome.InSync.class);
    assertThat(bench.keys(RIGHT)).hasSize(10);
  }

  @Test
  void whatIsDiscardedOnAOneWayRuleStays() {
    Bench bench = new Bench(Direction.LEFT_TO_RIGHT, TEN);
    fill(bench, 20);
    Instant deletedAt = bench.clock.instant();
    handle(bench, 0, 20);

    bench.clock.advance(Duration.ofSeconds(1));
    bench.command(controls -> controls.discarded(bench.clock.instant()));
    bench.clock.advance(Duration.ofMinutes(1));

    assertThat(bench.handle(bench.function(), LEFT, "k15", EventType.DELETED, deletedAt))
        .isEqualTo(new Outcome.Superseded(Steps.DISCARDED));
    assertThat(bench.keys(RIGHT)).contains("k15");
  }

  @Test
  void aDeletionAfterADiscardIsReplicated() {
    Bench bench = withDeleted(TEN, 20);
    handle(bench, 0, 20);
    bench.clock.advance(Duration.ofSeconds(1));
    bench.command(controls -> controls.discarded(bench.clock.instant()));
    bench.clock.advance(Duration.ofMinutes(1));
    bench.settle(LEFT, "later");

    bench.delete(LEFT, "later");

    assertThat(bench.handle(LEFT, "later", EventType.DELETED)).isInstanceOf(Outcome.Deleted.class);
  }

  @Test
  void aLateHintOfAnotherKindDoesNotDeleteWhatWasDiscarded() {
    Bench bench = new Bench(Direction.TWO_WAY, TEN);
    fill(bench, 20);
    Instant before = bench.clock.instant();
    handle(bench, 0, 20);
    bench.clock.advance(Duration.ofSeconds(1));
    bench.command(controls -> controls.discarded(bench.clock.instant()));
    bench.clock.advance(Duration.ofMinutes(1));

    assertThat(bench.handle(bench.function(), LEFT, "k15", EventType.METADATA_CHANGED, before))
        .isEqualTo(new Outcome.Superseded(Steps.LEFT_TO_ITS_OWN));
    assertThat(
            bench.handle(
                bench.function(),
                ObjectEvent.look("s3", "left", "k16", EventType.METADATA_CHANGED),
                Optional.empty()))
        .isEqualTo(new Outcome.Superseded(Steps.DISCARDED));
    assertThat(bench.keys(RIGHT)).contains("k15", "k16");
  }

  private static Instant now(Bench bench) {
    return bench.clock.instant();
  }

  private static void release(Bench bench, OptionalLong count) {
    Instant until = bench.clock.instant().plus(HOUR);
    bench.command(controls -> controls.released(new Controls.Release("release", until, count)));
    // Longer than anybody remembers what was held.
    bench.clock.advance(Duration.ofSeconds(20));
  }

  /** A two-way rule whose objects are all gone on the left. */
  private static Bench withDeleted(DeleteGuard guard, int objects) {
    Bench bench = new Bench(Direction.TWO_WAY, guard);
    fill(bench, objects);
    return bench;
  }

  private static void fill(Bench bench, int objects) {
    for (int i = 0; i < objects; i++) {
      bench.settle(LEFT, "k" + i);
    }
    for (int i = 0; i < objects; i++) {
      bench.delete(LEFT, "k" + i);
    }
  }

  private static List<Outcome> handle(Bench bench, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> bench.handle(LEFT, "k" + i, EventType.DELETED))
        .toList();
  }

  private static List<Replication> functions(Bench bench, int count) {
    return IntStream.range(0, count).mapToObj(_ -> bench.function()).toList();
  }

  /** All at once, shared out among function instances. */
  private static List<Outcome> deleted(Bench bench, List<Replication> functions, int from, int to)
      throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> running = new ArrayList<>();
      for (int i = from; i < to; i++) {
        Replication function = functions.get(i % functions.size());
        String key = "k" + i;
        Instant time = bench.clock.instant();
        running.add(
            threads.submit(() -> bench.handle(function, LEFT, key, EventType.DELETED, time)));
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> one : running) {
        outcomes.add(one.get());
      }
      return outcomes;
    }
  }

  private static long count(List<Outcome> outcomes, Class<? extends Outcome> kind) {
    return outcomes.stream().filter(kind::isInstance).count();
  }
}
