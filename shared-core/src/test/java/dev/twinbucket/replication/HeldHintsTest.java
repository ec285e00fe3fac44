package dev.twinbucket.replication;

import static dev.twinbucket.rule.SideName.LEFT;
import static dev.twinbucket.rule.SideName.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.rule.DeleteGuard;
import dev.twinbucket.rule.Direction;
import dev.twinbucket.work.WorkQueue;
import dev.twinbucket.work.WorkQueueException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hint that is held waits on a queue, and wears out neither its message nor its retention. */
class HeldHintsTest {
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private final Bench bench = new Bench(Direction.LEFT_TO_RIGHT, DeleteGuard.DEFAULT);
  private final ObjectEvent hint = ObjectEvent.look("s3", "left", "k", EventType.DELETED);
  private final List<Duration> sent = new ArrayList<>();

  @BeforeEach
  void switchOffBeforeAHintComes() {
    bench.settle(LEFT, "k");
    bench.delete(LEFT, "k");
    bench.close(RIGHT, true);
  }

  @Test
  void itIsSentAgainAtOnceWhereTheQueueHoldsItBack() {
    bench.queue = queue(QUARTER);

    assertThat(handle(Optional.empty()).isTerminal()).isTrue();
    assertThat(sent).containsExactly(QUARTER);
  }

  @Test
  void itIsHeldBackNoLongerThanTheQueueCan() {
    bench.queue = queue(Duration.ofMinutes(3));

    assertThat(handle(Optional.empty()).isTerminal()).isTrue();
    assertThat(sent).containsExactly(Duration.ofMinutes(3));
  }

  @Test
  void itIsLeftToItsPlatformForAWhileWhereTheQueueHoldsNothingBack() {
    bench.queue = queue(Duration.ZERO);
    Instant now = bench.clock.instant();

    assertThat(handle(Optional.empty()).isTerminal()).isFalse();
    assertThat(handle(Optional.of(now.minus(QUARTER).plusSeconds(1))).isTerminal()).isFalse();
    assertThat(sent).isEmpty();

    assertThat(handle(Optional.of(now.minus(QUARTER))).isTerminal()).isTrue();
    assertThat(sent).containsExactly(Duration.ZERO);
  }

  @Test
  void itIsLeftToItsPlatformIfThereIsNoQueue() {
    assertThat(handle(Optional.empty()).isTerminal()).isFalse();
  }

  @Test
  void itIsLeftToItsPlatformIfTheQueueDoesNotTakeIt() {
    bench.queue =
        new Queue(QUARTER) {
          @Override
          public void send(ObjectEvent event, Duration delay) {
            throw new WorkQueueException("not today");
          }
        };

    assertThat(handle(Optional.empty()).isTerminal()).isFalse();
  }

  @Test
  void itIsReportedAsHeldEitherWay() {
    bench.queue = queue(QUARTER);

    assertThat(handle(Optional.empty()).label()).isEqualTo("held");
  }

  private Outcome handle(Optional<Instant> since) {
    return bench.handle(bench.function(), hint, since);
  }

  private WorkQueue queue(Duration longestDelay) {
    return new Queue(longestDelay);
  }

  private class Queue implements WorkQueue {
    private final Duration longestDelay;

    Queue(Duration longestDelay) {
      this.longestDelay = longestDelay;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public Duration longestDelay() {
      return longestDelay;
    }

    @Override
    public void send(ObjectEvent event, Duration delay) {
      assertThat(event).isEqualTo(hint);
      sent.add(delay);
    }

    @Override
    public void close() {}
  }
}
