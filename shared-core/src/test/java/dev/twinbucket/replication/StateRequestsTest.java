package dev.twinbucket.replication;

import static dev.twinbucket.rule.SideName.LEFT;
import static dev.twinbucket.rule.SideName.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.rule.DeleteGuard;
import dev.twinbucket.rule.Direction;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each kind of work costs in requests to the state store: the table in architecture.md. */
class StateRequestsTest {
  @Test
  void aNewObjectOneWayCostsOne() {
    Bench bench = new Bench(Direction.LEFT_TO_RIGHT, DeleteGuard.DEFAULT);
    bench.put(LEFT, "k", "v");

    assertCosts(1, bench, EventType.CREATED, Outcome.Copied.class);
  }

  @Test
  void aNewObjectTwoWayCostsFour() {
    Bench bench = new Bench(Direction.TWO_WAY, DeleteGuard.DEFAULT);
    bench.put(LEFT, "k", "v");

    assertCosts(4, bench, EventType.CREATED, Outcome.Copied.class);
  }

  @Test
  void anEchoCostsOne() {
    Bench bench = new Bench(Direction.TWO_WAY, DeleteGuard.DEFAULT);
    bench.settle(LEFT, "k");
    ObjectEvent echo =
        new ObjectEvent(
            "gs",
            "right",
            "k",
            EventType.CREATED,
            bench.object(RIGHT, "k").orElseThrow().version().writeId(),
            "",
            "",
            1,
            Optional.empty(),
            false);
    bench.stateRequests.set(0);

    assertThat(bench.handle(bench.function(), echo, Optional.empty()))
        .isInstanceOf(Outcome.InSync.class);
    assertThat(bench.stateRequests).hasValue(1);
  }

  @Test
  void aDeleteOneWayCostsOneOnceABlockIsReserved() {
    Bench bench = new Bench(Direction.LEFT_TO_RIGHT, DeleteGuard.DEFAULT);
    for (String key : new String[] {"a", "b", "c", "k"}) {
      bench.settle(LEFT, key);
      bench.delete(LEFT, key);
    }
    bench.handle(LEFT, "a", EventType.DELETED);
    bench.handle(LEFT, "b", EventType.DELETED);
    // One was reserved, then another, then two.
    bench.handle(LEFT, "c", EventType.DELETED);

    assertCosts(1, bench, EventType.DELETED, Outcome.Deleted.class);
  }

  private static void assertCosts(
      int requests, Bench bench, EventType type, Class<? extends Outcome> ending) {
    bench.stateRequests.set(0);

    assertThat(bench.handle(LEFT, "k", type)).isInstanceOf(ending);

    assertThat(bench.stateRequests).hasValue(requests);
  }
}
