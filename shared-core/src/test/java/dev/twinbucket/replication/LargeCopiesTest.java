package dev.twinbucket.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.rule.SideName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What large copies do when nothing goes wrong, and what users do in the meantime. */
class LargeCopiesTest {
  /** Which way a test goes: both sides as the source, one-way and two-way. */
  record Way(boolean twoWay, SideName from) {
    Yard yard() {
      return Yard.of(twoWay, from);
    }
  }

  static Stream<Way> ways() {
    return Stream.of(false, true)
        .flatMap(two -> Stream.of(SideName.values()).map(side -> new Way(two, side)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anObjectOfManyPartsArrivesWholeWithItsAttributesAndLeavesNothingBehind(Way way) {
    Yard yard = way.yard();
    byte[] content = Yard.bytes(50, 1);
    yard.put(way.from(), content);

    yard.drain();

    assertThat(yard.outcomes.getLast()).isInstanceOf(Outcome.Copied.class);
    assertThat(((Outcome.Copied) yard.outcomes.getLast()).proof()).contains("source's own CRC32C");
    isSettled(yard, content);
    assertThat(yard.object(way.from().other()).orElseThrow().attributes())
        .isEqualTo(yard.object(way.from()).orElseThrow().attributes());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void sizesAroundTheThresholdAndAroundPartsArriveWhole(Way way) {
    for (int size : List.of(0, 1, 7, 8, 9, 11, 12, 13, 15, 16, 17, 255, 256, 257)) {
      Yard yard = way.yard();
      byte[] content = Yard.bytes(size, size);
      yard.put(way.from(), content);

      yard.drain();

      isSettled(yard, content);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void everyPartIsReadOnceAndSentOnce(Way way) {
    Yard yard = way.yard();
    yard.put(way.from(), Yard.bytes(50, 1));

    yard.drain();

    String source = way.from() == SideName.LEFT ? "left" : "right";
    String destination = way.from() == SideName.LEFT ? "right" : "left";
    assertThat(yard.count(destination + ".putPart")).isEqualTo(13);
    assertThat(yard.count(source + ".read")).isEqualTo(13);
    assertThat(yard.count(destination + ".complete")).isEqualTo(1);
    assertThat(yard.count(destination + ".abort")).isZero();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theReplicasOwnNotificationEndsWithoutAWrite(Way way) {
    Yard yard = way.yard();
    byte[] content = Yard.bytes(50, 1);
    yard.put(way.from(), content);
    yard.drain();
    int before = yard.visible.size();

    if (way.twoWay()) {
      yard.hint(way.from().other(), EventType.CREATED, 50);
    }
    yard.hint(way.from(), EventType.CREATED, 50);
    yard.hint(way.from(), EventType.CREATED, ObjectEvent.UNKNOWN_SIZE);
    yard.drain();

    assertThat(yard.outcomes.getLast()).isInstanceOf(Outcome.InSync.class);
    assertThat(yard.visible).hasSize(before);
    isSettled(yard, content);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aNewVersionReplacesTheReplicaInOneInstant(Way way) {
    Yard yard = way.yard();
    yard.put(way.from(), Yard.bytes(50, 1));
    yard.drain();
    byte[] second = Yard.bytes(61, 2);
    yard.put(way.from(), second);
    yard.drain();

    isSettled(yard, second);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aSmallVersionAfterALargeOneAndTheReverse(Way way) {
    Yard yard = way.yard();
    yard.put(way.from(), Yard.bytes(50, 1));
    yard.drain();
    yard.put(way.from(), Yard.bytes(5, 2));
    yard.drain();
    isSettled(yard, Yard.bytes(5, 2));
    yard.put(way.from(), Yard.bytes(70, 3));
    yard.drain();
    isSettled(yard, Yard.bytes(70, 3));
  }

  @Test
  void theLoserOfAConflictIsKeptWithoutSendingItsBytes() {
    Yard yard = Yard.of(true, SideName.LEFT);
    yard.quietly(SideName.RIGHT, Yard.bytes(40, 8));
    yard.put(SideName.LEFT, Yard.bytes(50, 9));

    yard.drain();

    isSettled(yard, Yard.bytes(50, 9));
    assertThat(yard.count("right.copyWithin")).isEqualTo(1);
    assertThat(yard.keys(SideName.RIGHT)).hasSize(2);
  }

  static void isSettled(Yard yard, byte[] content) {
    assertThat(yard.content(SideName.LEFT)).hasValue(content);
    assertThat(yard.content(SideName.RIGHT)).hasValue(content);
    assertThat(yard.leftovers()).isEmpty();
    assertThat(yard.hasRow()).isFalse();
    assertThat(yard.keys(SideName.LEFT)).noneMatch(key -> key.contains("staging"));
    assertThat(yard.keys(SideName.RIGHT)).noneMatch(key -> key.contains("staging"));
  }
}
