package dev.twinbucket.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.Stores;
import dev.twinbucket.store.UploadRequest;
import dev.twinbucket.time.Deadline;
import dev.twinbucket.transfer.Sweep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is swept of transfers whose message went to the dead letters in mid-transfer. */
class SweepTest {
  private static final Duration WEEK = Duration.ofDays(7);

  private final List<ObjectLocation> told = new ArrayList<>();

  @ParameterizedTest
  @MethodSource("dev.twinbucket.replication.LargeCopiesTest#ways")
  void anUploadThatNobodyGetsOnWithIsAborted(LargeCopiesTest.Way way) {
    Yard yard = dyingAtPart(way, 4);
    yard.clock.advance(Duration.ofDays(8));

    Sweep.Swept swept = sweep(yard, Duration.ofMinutes(5));

    assertThat(swept).isEqualTo(new Sweep.Swept(1, 0, 0, true));
    assertThat(told).hasSize(1);
    assertThat(yard.leftovers()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.twinbucket.replication.LargeCopiesTest#ways")
  void aMessageThatComesBackAfterASweepStillBringsTheObjectOver(LargeCopiesTest.Way way) {
    Yard yard = dyingAtPart(way, 4);
    yard.clock.advance(Duration.ofDays(8));
    sweep(yard, Duration.ofMinutes(5));

    yard.drain();

    assertThat(yard.content(way.from().other()).orElseThrow())
        .isEqualTo(yard.content(way.from()).orElseThrow());
    assertThat(yard.leftovers()).isEmpty();
    assertThat(yard.hasRow()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("dev.twinbucket.replication.LargeCopiesTest#ways")
  void aYoungUploadStays(LargeCopiesTest.Way way) {
    Yard yard = dyingAtPart(way, 4);
    yard.clock.advance(Duration.ofDays(6));

    assertThat(sweep(yard, Duration.ofMinutes(5))).isEqualTo(new Sweep.Swept(0, 1, 0, true));
    assertThat(yard.leftovers()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("dev.twinbucket.replication.LargeCopiesTest#ways")
  void whatOthersBeganStays(LargeCopiesTest.Way way) {
    Yard yard = dyingAtPart(way, 4);
    yard.left
        .multipart()
        .create(
            new UploadRequest(
                Yard.LEFT.object("somebody's"),
                "theirs",
                ObjectAttributes.NONE,
                Optional.empty(),
                Placement.DEFAULT));
    yard.clock.advance(Duration.ofDays(8));

    assertThat(sweep(yard, Duration.ofMinutes(5))).isEqualTo(new Sweep.Swept(1, 0, 1, true));
    assertThat(yard.leftovers())
        .singleElement()
        .satisfies(open -> assertThat(open.upload().staging().key()).isEqualTo("somebody's"));
  }

  @ParameterizedTest
  @MethodSource("dev.twinbucket.replication.LargeCopiesTest#ways")
  void withoutTimeNothingIsBegunAndThatIsSaid(LargeCopiesTest.Way way) {
    Yard yard = dyingAtPart(way, 4);
    yard.clock.advance(Duration.ofDays(8));

    assertThat(sweep(yard, Duration.ofSeconds(10)).complete()).isFalse();
    assertThat(yard.leftovers()).hasSize(1);
  }

  private Sweep.Swept sweep(Yard yard, Duration time) {
    Stores stores = new Stores(Map.of("s3", yard.left, "gs", yard.right));
    return new Sweep(stores, yard.state)
        .run(yard.rule, WEEK, Deadline.in(time, yard.clock), told::add);
  }

  private static Yard dyingAtPart(LargeCopiesTest.Way way, int part) {
    Yard yard = way.yard();
    String put = (way.from() == SideName.LEFT ? "right" : "left") + ".putPart";
    yard.put(way.from(), Yard.bytes(50, 1));
    yard.hook =
        new Yard.Hook() {
          @Override
          public void before(String call, Object[] arguments) {
            if (call.equals(put) && yard.count(put) == part) {
              throw new Yard.Crash();
            }
          }
        };
    yard.deliver();
    yard.hook = new Yard.Hook() {};
    return yard;
  }
}
