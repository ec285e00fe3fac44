package dev.twinbucket.replication;

import static dev.twinbucket.rule.SideName.LEFT;
import static dev.twinbucket.rule.SideName.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.event.EventType;
import dev.twinbucket.outcome.FailureReason;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.rule.DeleteGuard;
import dev.twinbucket.rule.Direction;
import dev.twinbucket.rule.SideName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A direction that is switched off writes nothing more, not even what is on its way already. */
class OffSwitchTest {
  @ParameterizedTest
  @EnumSource(names = {"LEFT_TO_RIGHT", "TWO_WAY"})
  void aCreationThatIsOnItsWayIsNotCommitted(Direction direction) {
    Bench bench = new Bench(direction, DeleteGuard.DEFAULT);
    bench.put(LEFT, "k", "v1");
    flipBefore(bench, "read", RIGHT);

    Outcome outcome = bench.handle(LEFT, "k", EventType.CREATED);

    assertHeld(outcome);
    assertThat(bench.keys(RIGHT)).isEmpty();
    assertEverythingHappensOnceItIsOn(bench, EventType.CREATED, "k");
    assertThat(bench.keys(RIGHT)).containsExactly("k");
  }

  @ParameterizedTest
  @EnumSource(names = {"LEFT_TO_RIGHT", "TWO_WAY"})
  void anOverwriteThatIsOnItsWayIsNotCommitted(Direction direction) {
    Bench bench = new Bench(direction, DeleteGuard.DEFAULT);
    bench.settle(LEFT, "k");
    long size = bench.object(RIGHT, "k").orElseThrow().size();
    bench.put(LEFT, "k", "something longer than before");
    flipBefore(bench, "read", RIGHT);

    assertHeld(bench.handle(LEFT, "k", EventType.METADATA_CHANGED));

    assertThat(bench.object(RIGHT, "k").orElseThrow().size()).isEqualTo(size);
    assertEverythingHappensOnceItIsOn(bench, EventType.METADATA_CHANGED, "k");
    assertThat(bench.object(RIGHT, "k").orElseThrow().size()).isGreaterThan(size);
  }

  @ParameterizedTest
  @EnumSource(names = {"LEFT_TO_RIGHT", "TWO_WAY"})
  void aDeleteThatIsOnItsWayIsNotCommitted(Direction direction) {
    Bench bench = new Bench(direction, DeleteGuard.DEFAULT);
    bench.settle(LEFT, "k");
    bench.delete(LEFT, "k");
    flipBefore(bench, "observe", RIGHT);

    assertHeld(bench.handle(LEFT, "k", EventType.DELETED));

    assertThat(bench.keys(RIGHT)).containsExactly("k");
    assertEverythingHappensOnceItIsOn(bench, EventType.DELETED, "k");
    assertThat(bench.keys(RIGHT)).isEmpty();
  }

  @Test
  void theOtherDirectionGoesOn() {
    Bench bench = new Bench(Direction.TWO_WAY, DeleteGuard.DEFAULT);
    bench.put(RIGHT, "k", "v1");
    bench.close(RIGHT, true);

    assertThat(bench.handle(RIGHT, "k", EventType.CREATED)).isInstanceOf(Outcome.Copied.class);
    assertThat(bench.keys(LEFT)).containsExactly("k");
  }

  @Test
  void whatIsKnownToBeOffIsNotReadAgainAndAgain() {
    Bench bench = new Bench(Direction.LEFT_TO_RIGHT, DeleteGuard.DEFAULT);
    bench.put(LEFT, "k", "v1");
    bench.command(controls -> controls.withClosed(RIGHT, true));
    assertHeld(bench.handle(LEFT, "k", EventType.CREATED));
    List<String> calls = new ArrayList<>();
    bench.beforeCall = calls::add;

    assertHeld(bench.handle(LEFT, "k", EventType.CREATED));

    assertThat(calls).doesNotContain("read", "put");
  }

  @Test
  void nothingIsWrittenWhileNobodyCanTell() {
    Bench bench = new Bench(Direction.LEFT_TO_RIGHT, DeleteGuard.DEFAULT);
    bench.put(LEFT, "k", "v1");
    bench.state.compareAndSet("#rule/r", Optional.empty(), "no row of ours", Optional.empty());

    assertThat(bench.handle(LEFT, "k", EventType.CREATED))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo(FailureReason.STATE_UNAVAILABLE));
    assertThat(bench.keys(RIGHT)).isEmpty();
  }

  private static void flipBefore(Bench bench, String call, SideName side) {
    boolean[] flipped = new boolean[1];
    bench.beforeCall =
        name -> {
          if (name.equals(call) && !flipped[0]) {
            flipped[0] = true;
            bench.command(controls -> controls.withClosed(side, true));
          }
        };
  }

  private static void assertHeld(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Held.class,
            held ->
                assertThat(held.detail())
                    .isEqualTo("the direction left-to-right of the rule r is switched off"));
    assertThat(outcome.isTerminal()).isFalse();
  }

  private static void assertEverythingHappensOnceItIsOn(Bench bench, EventType type, String key) {
    bench.close(RIGHT, false);
    assertThat(bench.handle(LEFT, key, type).isTerminal()).isTrue();
  }
}
