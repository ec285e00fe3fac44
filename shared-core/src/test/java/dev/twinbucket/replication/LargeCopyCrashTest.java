package dev.twinbucket.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.event.EventType;
import dev.twinbucket.rule.SideName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A transfer is killed before and after every single call to a store, to the state and to the
 * queue, and its message delivered again. Whatever the instant, the object arrives whole, nothing
 * else was ever visible, and nothing is left behind.
 */
class LargeCopyCrashTest {
  private static final int PARTS = 4;
  private static final int SIZE = 15;

  static Stream<LargeCopiesTest.Way> ways() {
    return LargeCopiesTest.ways();
  }

  /** Dies at the n-th call of the test, before or after its effect. */
  static final class DiesAt implements Yard.Hook {
    private final int call;
    private final boolean after;
    private int seen;
    private boolean died;

    DiesAt(int call, boolean after) {
      this.call = call;
      this.after = after;
    }

    boolean hasDied() {
      return died;
    }

    @Override
    public void before(String name, Object[] arguments) {
      seen++;
      if (seen == call && !after) {
        died = true;
        throw new Yard.Crash();
      }
    }

    @Override
    public Object after(String name, Object[] arguments, Object answer) {
      if (seen == call && after && !died) {
        died = true;
        throw new Yard.Crash();
      }
      return answer;
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void killedAtEveryCall(LargeCopiesTest.Way way) {
    int points = 0;
    for (boolean over : List.of(false, true)) {
      boolean more = true;
      for (int call = 1; more; call++) {
        for (boolean after : List.of(false, true)) {
          Yard yard = way.yard();
          if (over) {
            yard.put(way.from(), Yard.bytes(SIZE + 3, 7));
            yard.drain();
          }
          DiesAt death = new DiesAt(call, after);
          yard.hook = death;
          yard.calls.clear();
          byte[] content = Yard.bytes(SIZE, 1);
          yard.put(way.from(), content);
          yard.drain();
          String at = "%s, over %s, call %d, after %s".formatted(way, over, call, after);
          check(yard, way, content, at);
          more = death.died;
          points += death.died ? 1 : 0;
          // A part whose sending was cut off may have to be sent again, and no other.
          assertThat(yard.count(destination(way) + ".putPart"))
              .as(at)
              .isLessThanOrEqualTo(PARTS + 1L);
        }
      }
    }
    System.out.printf("%s: %d crash points%n", way, points);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void killedTwiceAtEveryPairOfCalls(LargeCopiesTest.Way way) {
    int points = 0;
    boolean more = true;
    for (int first = 1; more; first++) {
      more = false;
      for (int second = 1; second < 60; second++) {
        Yard yard = way.yard();
        DiesAt one = new DiesAt(first, true);
        DiesAt two = new DiesAt(second, true);
        yard.hook =
            new Yard.Hook() {
              @Override
              public void before(String name, Object[] arguments) {
                (one.died ? two : one).before(name, arguments);
              }

              @Override
              public Object after(String name, Object[] arguments, Object answer) {
                return (one.died ? two : one).after(name, arguments, answer);
              }
            };
        byte[] content = Yard.bytes(SIZE, 1);
        yard.put(way.from(), content);
        yard.drain();
        check(yard, way, content, "%s, calls %d and %d".formatted(way, first, second));
        more |= one.died;
        points += two.died ? 1 : 0;
        if (!two.died) {
          break;
        }
      }
    }
    System.out.printf("%s: %d pairs of crash points%n", way, points);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void killedAgainAndAgainAtRandomCallsWithLargerPlans(LargeCopiesTest.Way way) {
    int points = 0;
    for (int seed = 1; seed <= 150; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Yard yard = way.yard();
      int size = 9 + random.nextInt(240);
      int[] deaths = {random.nextInt(1, 12)};
      int[] untilDeath = {random.nextInt(1, 60)};
      int[] died = {0};
      yard.hook =
          new Yard.Hook() {
            @Override
            public Object after(String name, Object[] arguments, Object answer) {
              if (deaths[0] > 0 && --untilDeath[0] == 0) {
                deaths[0]--;
                died[0]++;
                untilDeath[0] = random.nextInt(1, 60);
                throw new Yard.Crash();
              }
              return answer;
            }
          };
      byte[] content = Yard.bytes(size, seed);
      yard.put(way.from(), content);
      if (random.nextBoolean()) {
        yard.put(way.from(), content); // a second message for the same name
      }
      yard.drain();
      check(yard, way, content, "seed " + seed);
      points += died[0];
    }
    System.out.printf("%s: %d random crashes%n", way, points);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void killedAtEveryCallWhileASecondVersionIsAlreadyThere(LargeCopiesTest.Way way) {
    int points = 0;
    boolean more = true;
    for (int call = 1; more; call++) {
      Yard yard = way.yard();
      DiesAt death = new DiesAt(call, true);
      yard.hook = death;
      yard.put(way.from(), Yard.bytes(SIZE, 1));
      yard.deliver();
      byte[] second = Yard.bytes(SIZE, 2);
      yard.put(way.from(), second);
      yard.drain();
      check(yard, way, second, "%s, call %d".formatted(way, call));
      more = death.died;
      points++;
    }
    System.out.printf("%s: %d crash points before a second version%n", way, points);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void killedAtEveryCallAndDeletedBeforeItComesBack(LargeCopiesTest.Way way) {
    boolean more = true;
    for (int call = 1; more; call++) {
      Yard yard = way.yard();
      DiesAt death = new DiesAt(call, true);
      yard.hook = death;
      yard.put(way.from(), Yard.bytes(SIZE, 1));
      yard.deliver();
      more = death.died;
      yard.delete(way.from());
      yard.drain();
      String at = "%s, call %d".formatted(way, call);
      assertThat(yard.content(way.from())).as(at).isEqualTo(Optional.empty());
      assertThat(yard.content(way.from().other())).as(at).isEqualTo(Optional.empty());
      assertThat(yard.leftovers()).as(at).isEmpty();
      assertThat(yard.hasRow()).as(at).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void killedAtEveryCallWithAnotherMessageThatMayTakeOver(LargeCopiesTest.Way way) {
    boolean more = true;
    for (int call = 1; more; call++) {
      for (boolean after : List.of(false, true)) {
        Yard yard = way.yard();
        DiesAt death = new DiesAt(call, after);
        yard.hook = death;
        byte[] content = Yard.bytes(SIZE, 1);
        yard.put(way.from(), content);
        yard.hint(way.from(), EventType.CREATED, SIZE);
        yard.drain();
        check(yard, way, content, "%s, call %d".formatted(way, call));
        more = death.died;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void killedAtEveryCallWithoutAChecksumAtTheSource(LargeCopiesTest.Way way) {
    int points = 0;
    boolean more = true;
    for (int call = 1; more; call++) {
      for (boolean after : List.of(false, true)) {
        Yard yard = way.yard();
        yard.withoutSourceChecksums = true;
        DiesAt death = new DiesAt(call, after);
        yard.hook = death;
        byte[] content = Yard.bytes(SIZE, 1);
        yard.put(way.from(), content);
        yard.drain();
        check(yard, way, content, "%s, call %d, after %s".formatted(way, call, after));
        more = death.died;
        points += death.died ? 1 : 0;
      }
    }
    System.out.printf("%s, no checksum at the source: %d crash points%n", way, points);
  }

  static String destination(LargeCopiesTest.Way way) {
    return way.from() == SideName.LEFT ? "right" : "left";
  }

  /** The right object, nothing else ever visible, nothing left behind. */
  static void check(Yard yard, LargeCopiesTest.Way way, byte[] content, String at) {
    assertThat(yard.content(way.from())).as(at).hasValue(content);
    assertThat(yard.content(way.from().other())).as(at).hasValue(content);
    assertThat(yard.leftovers()).as(at).isEmpty();
    assertThat(yard.hasRow()).as(at).isFalse();
    List<Object> seen = new ArrayList<>();
    yard.visible.stream()
        .filter(change -> change.location().equals(yard.at(way.from().other())))
        .forEach(change -> change.after().ifPresent(o -> seen.add(o.crc().orElseThrow())));
    List<Object> written = new ArrayList<>();
    yard.visible.stream()
        .filter(change -> change.location().equals(yard.at(way.from())))
        .forEach(change -> change.after().ifPresent(o -> written.add(o.crc().orElseThrow())));
    assertThat(written).as(at).containsAll(seen);
  }
}
