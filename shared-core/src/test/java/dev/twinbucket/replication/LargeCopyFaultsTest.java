package dev.twinbucket.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.event.EventType;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.outcome.QuarantineReason;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.OpenUploads;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.transfer.TransferSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers and networks that misbehave, and users who write and delete in the middle of it. */
class LargeCopyFaultsTest {
  private static final int SIZE = 50;
  private static final int PARTS = 13;

  static Stream<LargeCopiesTest.Way> ways() {
    return LargeCopiesTest.ways();
  }

  private static String source(LargeCopiesTest.Way way) {
    return way.from() == SideName.LEFT ? "left" : "right";
  }

  private static String destination(LargeCopiesTest.Way way) {
    return LargeCopyCrashTest.destination(way);
  }

  /** Changes the bodies of some of the reads of the source. */
  private static Yard.Hook bodies(String call, int every, UnaryOperator<byte[]> change) {
    int[] seen = {0};
    return new Yard.Hook() {
      @Override
      public Object after(String name, Object[] arguments, Object answer) {
        if (!name.equals(call) || ++seen[0] % every != 0) {
          return answer;
        }
        ObjectContent content = (ObjectContent) answer;
        try {
          byte[] body = change.apply(content.body().readAllBytes());
          return new ObjectContent(
              content.snapshot(), new ByteArrayInputStream(body), content.release());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private static void arrives(LargeCopiesTest.Way way, Yard.Hook hook, String what) {
    Yard yard = way.yard();
    yard.hook = hook;
    byte[] content = Yard.bytes(SIZE, 1);
    yard.put(way.from(), content);
    yard.drain();
    LargeCopyCrashTest.check(yard, way, content, way + ", " + what);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void bodiesThatAreNotWhatWasAskedForAreReadAgain(LargeCopiesTest.Way way) {
    String read = source(way) + ".read";
    byte[] xml = "<Error><Code>SlowDown</Code></Error>".getBytes(StandardCharsets.UTF_8);
    arrives(way, bodies(read, 3, b -> java.util.Arrays.copyOf(b, b.length - 1)), "truncated");
    arrives(way, bodies(read, 3, b -> java.util.Arrays.copyOf(b, b.length + 1)), "over-long");
    arrives(way, bodies(read, 3, _ -> new byte[0]), "empty");
    arrives(way, bodies(read, 3, _ -> xml), "an error document in place of content");
    arrives(way, reset(read), "reset in mid-body");
  }

  private static Yard.Hook reset(String call) {
    int[] seen = {0};
    return new Yard.Hook() {
      @Override
      public Object after(String name, Object[] arguments, Object answer) {
        if (!name.equals(call) || ++seen[0] % 2 != 0) {
          return answer;
        }
        ObjectContent content = (ObjectContent) answer;
        InputStream broken =
            new InputStream() {
              private int left = 2;

              @Override
              public int read() throws IOException {
                if (left-- == 0) {
                  throw new IOException("connection reset");
                }
                return content.body().read();
              }

              @Override
              public int read(byte[] into, int offset, int length) throws IOException {
                into[offset] = (byte) read();
                return 1;
              }
            };
        return new ObjectContent(content.snapshot(), broken, content.release());
      }
    };
  }

  @ParameterizedTest
  @MethodSource("ways")
  void wrongBytesOfTheRightLengthAreFoundByTheWholesChecksumAndNeverShown(LargeCopiesTest.Way way) {
    int[] seen = {0};
    UnaryOperator<byte[]> once =
        body -> {
          if (++seen[0] == 5) {
            body[0] ^= 1; // another range, or another object, of just this length
          }
          return body;
        };
    Yard yard = way.yard();
    yard.hook = bodies(source(way) + ".read", 1, once);
    byte[] content = Yard.bytes(SIZE, 1);
    yard.put(way.from(), content);
    yard.drain();

    LargeCopyCrashTest.check(yard, way, content, way.toString());
    assertThat(yard.count(destination(way) + ".putPart")).isEqualTo(2L * PARTS);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void bytesThatAreAlwaysWrongEndInQuarantineWithTheUploadAborted(LargeCopiesTest.Way way) {
    Yard yard = way.yard();
    yard.hook =
        bodies(
            source(way) + ".read",
            1,
            body -> {
              body[0] ^= 1;
              return body;
            });
    yard.put(way.from(), Yard.bytes(SIZE, 1));
    yard.drain();

    assertThat(yard.outcomes.getLast())
        .isInstanceOfSatisfying(
            Outcome.Quarantined.class,
            end -> assertThat(end.reason()).isEqualTo(QuarantineReason.NO_PROGRESS));
    assertThat(yard.content(way.from().other())).isEmpty();
    assertThat(yard.leftovers()).isEmpty();
    assertThat(yard.hasRow()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void burstsOfEveryKindOfTroubleAtEveryKindOfCall(LargeCopiesTest.Way way) {
    int faults = 0;
    for (int seed = 1; seed <= 120; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int[] thrown = {0};
      Yard yard = way.yard();
      yard.hook =
          new Yard.Hook() {
            @Override
            public void before(String name, Object[] arguments) {
              fail(name);
            }

            @Override
            public Object after(String name, Object[] arguments, Object answer) {
              fail(name);
              return answer;
            }

            private void fail(String name) {
              if (thrown[0] >= 12 || random.nextInt(8) > 0 || name.startsWith("queue")) {
                return;
              }
              thrown[0]++;
              if (name.startsWith("state")) {
                throw new dev.twinbucket.state.StateException("no answer", null);
              }
              throw switch (random.nextInt(3)) {
                case 0 -> new StoreException.Throttled("503 SlowDown");
                case 1 -> new StoreException.Unavailable("reset");
                default -> new StoreException.AccessDenied("403");
              };
            }
          };
      byte[] content = Yard.bytes(9 + random.nextInt(200), seed);
      yard.put(way.from(), content);
      yard.drain();
      LargeCopyCrashTest.check(yard, way, content, way + ", seed " + seed);
      faults += thrown[0];
    }
    System.out.printf("%s: %d faults%n", way, faults);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anUploadThatVanishedIsBegunAnew(LargeCopiesTest.Way way) {
    for (int part = 1; part <= PARTS; part++) {
      int at = part;
      Yard yard = way.yard();
      int[] sent = {0};
      yard.hook =
          new Yard.Hook() {
            @Override
            public void before(String name, Object[] arguments) {
              if (name.endsWith(".putPart") && ++sent[0] == at) {
                for (OpenUploads.Open open : yard.leftovers()) {
                  yard.store(way.from().other()).multipart().abort(open.upload());
                }
              }
            }
          };
      byte[] content = Yard.bytes(SIZE, 1);
      yard.put(way.from(), content);
      yard.drain();
      LargeCopyCrashTest.check(yard, way, content, way + ", part " + part);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aSourceReplacedAtEveryCallGivesTheNewVersionAndNoMixedOneEver(LargeCopiesTest.Way way) {
    during(way, "replaced", yard -> yard.put(way.from(), Yard.bytes(SIZE, 2)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aSourceReplacedBySomethingSmallAtEveryCall(LargeCopiesTest.Way way) {
    during(way, "replaced by something small", yard -> yard.put(way.from(), Yard.bytes(3, 2)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aSourceDeletedAtEveryCallLeavesNothing(LargeCopiesTest.Way way) {
    during(way, "deleted", yard -> yard.delete(way.from()));
  }

  private static void during(
      LargeCopiesTest.Way way, String what, java.util.function.Consumer<Yard> happens) {
    boolean more = true;
    for (int call = 1; more; call++) {
      int at = call;
      Yard yard = way.yard();
      int[] seen = {0};
      yard.hook =
          new Yard.Hook() {
            @Override
            public void before(String name, Object[] arguments) {
              if (++seen[0] == at) {
                happens.accept(yard);
              }
            }
          };
      yard.put(way.from(), Yard.bytes(SIZE, 1));
      yard.drain();
      more = seen[0] >= at;
      String where = "%s, %s at call %d".formatted(way, what, call);
      Optional<byte[]> stands = yard.content(way.from());
      assertThat(yard.content(way.from().other()).map(java.nio.ByteBuffer::wrap))
          .as(where)
          .isEqualTo(stands.map(java.nio.ByteBuffer::wrap));
      assertThat(yard.leftovers()).as(where).isEmpty();
      assertThat(yard.hasRow()).as(where).isFalse();
      onlyWholeVersions(yard, way, where);
    }
  }

  private static void onlyWholeVersions(Yard yard, LargeCopiesTest.Way way, String where) {
    java.util.Set<Crc32c> written = new java.util.HashSet<>();
    java.util.Set<Crc32c> shown = new java.util.HashSet<>();
    yard.visible.forEach(
        change ->
            change
                .after()
                .ifPresent(
                    o -> {
                      if (change.location().equals(yard.at(way.from()))) {
                        written.add(o.crc().orElseThrow());
                      } else if (change.location().equals(yard.at(way.from().other()))) {
                        shown.add(o.crc().orElseThrow());
                      }
                    }));
    assertThat(written).as(where).containsAll(shown);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theAnswerToACompletionThatNeverCameIsRecognisedAsSuccess(LargeCopiesTest.Way way) {
    Yard yard = way.yard();
    boolean[] lost = {false};
    yard.hook =
        new Yard.Hook() {
          @Override
          public Object after(String name, Object[] arguments, Object answer) {
            if (name.endsWith(".complete") && !lost[0]) {
              lost[0] = true;
              throw new StoreException.Unavailable("no answer");
            }
            return answer;
          }
        };
    byte[] content = Yard.bytes(SIZE, 1);
    yard.put(way.from(), content);
    yard.drain();

    assertThat(yard.outcomes).last().isInstanceOf(Outcome.Copied.class);
    assertThat(yard.count(destination(way) + ".complete")).isEqualTo(1);
    LargeCopyCrashTest.check(yard, way, content, way.toString());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aSecondCompleterFindsWhatTheFirstHasPublished(LargeCopiesTest.Way way) {
    Yard yard = way.yard();
    boolean[] inside = {false};
    yard.hook =
        new Yard.Hook() {
          @Override
          public void before(String name, Object[] arguments) {
            if (name.endsWith(".complete") && !inside[0]) {
              inside[0] = true;
              // The lease on the publication has run out; somebody else publishes right now.
              yard.clock.advance(Duration.ofMinutes(6));
              yard.hint(way.from(), EventType.CREATED, SIZE);
              yard.deliver();
            }
          }
        };
    byte[] content = Yard.bytes(SIZE, 1);
    yard.put(way.from(), content);
    yard.invocation = Duration.ofHours(1);
    yard.drain();

    LargeCopyCrashTest.check(yard, way, content, way.toString());
    long shown =
        yard.visible.stream()
            .filter(change -> change.location().equals(yard.at(way.from().other())))
            .count();
    assertThat(shown).isEqualTo(1);
  }

  /** Every read takes ten seconds: an invocation of a minute gets some parts done, and goes on. */
  private static Yard slow(LargeCopiesTest.Way way) {
    Yard yard = way.yard();
    yard.invocation = Duration.ofMinutes(1);
    yard.hook =
        new Yard.Hook() {
          @Override
          public void before(String name, Object[] arguments) {
            if (name.equals(source(way) + ".read")) {
              yard.clock.advance(Duration.ofSeconds(10));
            }
          }
        };
    return yard;
  }

  @ParameterizedTest
  @MethodSource("ways")
  void beforeTheDeadlineItGoesOnInAnotherInvocationAndSendsNothingTwice(LargeCopiesTest.Way way) {
    Yard yard = slow(way);
    byte[] content = Yard.bytes(SIZE, 1);
    yard.put(way.from(), content);
    yard.drain();

    assertThat(yard.outcomes).filteredOn(Outcome.Deferred.class::isInstance).hasSize(2);
    assertThat(yard.outcomes).noneMatch(Outcome.Failed.class::isInstance);
    assertThat(yard.count(destination(way) + ".putPart")).isEqualTo(PARTS);
    assertThat(yard.progress).isNotEmpty();
    assertThat(yard.progress.getLast().partsDone()).isEqualTo(PARTS);
    LargeCopyCrashTest.check(yard, way, content, way.toString());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void withoutAWorkQueueTheMessageItselfComesBack(LargeCopiesTest.Way way) {
    Yard yard = slow(way);
    yard.hasQueue = false;
    byte[] content = Yard.bytes(SIZE, 1);
    yard.put(way.from(), content);
    yard.drain();

    assertThat(yard.outcomes).filteredOn(Outcome.Failed.class::isInstance).hasSize(2);
    assertThat(yard.count(destination(way) + ".putPart")).isEqualTo(PARTS);
    LargeCopyCrashTest.check(yard, way, content, way.toString());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void killedAtEveryCallOfATransferThatTakesSeveralInvocations(LargeCopiesTest.Way way) {
    int points = 0;
    boolean more = true;
    for (int call = 1; more; call++) {
      Yard yard = slow(way);
      Yard.Hook slowly = yard.hook;
      LargeCopyCrashTest.DiesAt death = new LargeCopyCrashTest.DiesAt(call, true);
      yard.hook =
          new Yard.Hook() {
            @Override
            public void before(String name, Object[] arguments) {
              slowly.before(name, arguments);
              death.before(name, arguments);
            }

            @Override
            public Object after(String name, Object[] arguments, Object answer) {
              return death.after(name, arguments, answer);
            }
          };
      byte[] content = Yard.bytes(SIZE, 1);
      yard.put(way.from(), content);
      yard.drain();
      LargeCopyCrashTest.check(yard, way, content, "%s, call %d".formatted(way, call));
      assertThat(yard.count(destination(way) + ".putPart")).isLessThanOrEqualTo(PARTS + 2L);
      more = death.hasDied();
      points++;
    }
    System.out.printf("%s: %d crash points over several invocations%n", way, points);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void partsThatNoInvocationCanFinishEndInQuarantineWithTheUploadAborted(LargeCopiesTest.Way way) {
    Yard yard = way.yard();
    yard.invocation = Duration.ofMinutes(1);
    yard.hook =
        new Yard.Hook() {
          @Override
          public void before(String name, Object[] arguments) {
            if (name.equals(source(way) + ".read")) {
              yard.clock.advance(Duration.ofSeconds(61));
              throw new StoreException.Unavailable("too slow");
            }
          }
        };
    yard.put(way.from(), Yard.bytes(SIZE, 1));
    yard.drain();

    assertThat(yard.outcomes.getLast())
        .isInstanceOfSatisfying(
            Outcome.Quarantined.class,
            end -> assertThat(end.reason()).isEqualTo(QuarantineReason.NO_PROGRESS));
    assertThat(yard.leftovers()).isEmpty();
    assertThat(yard.hasRow()).isFalse();
  }

  @Test
  void whatTheDestinationCannotHoldIsQuarantinedBeforeAnyByteMoves() {
    Yard yard = Yard.of(false, SideName.LEFT);
    yard.put(SideName.LEFT, Yard.bytes((1 << 20) + 1, 1));
    yard.drain();

    assertThat(yard.outcomes.getLast())
        .isInstanceOfSatisfying(
            Outcome.Quarantined.class,
            end -> assertThat(end.reason()).isEqualTo(QuarantineReason.TOO_LARGE));
    assertThat(yard.count("left.read")).isZero();
  }

  @Test
  void aPartThatMemoryCannotHoldIsQuarantinedWithWhatItTakes() {
    Yard yard = Yard.of(false, SideName.LEFT);
    yard.memory = 1024;
    yard.put(SideName.LEFT, Yard.bytes(64 * 1025, 1));
    yard.drain();

    assertThat(yard.outcomes.getLast())
        .isInstanceOfSatisfying(
            Outcome.Quarantined.class,
            end -> assertThat(end.reason()).isEqualTo(QuarantineReason.TOO_LITTLE_MEMORY));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void severalLanesAtOnceGiveTheSameObject(LargeCopiesTest.Way way) {
    Yard yard = way.yard();
    yard.settings = new TransferSettings(4, 8, 1 << 30, 1);
    byte[] content = Yard.bytes(250, 1);
    yard.put(way.from(), content);
    yard.drain();

    LargeCopyCrashTest.check(yard, way, content, way.toString());
    assertThat(yard.count(destination(way) + ".putPart")).isEqualTo(63);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void otherInvocationsAreCalledToHelpAndExactlyOnePublishes(LargeCopiesTest.Way way) {
    Yard yard = slow(way);
    yard.settings = new TransferSettings(4, 1, 40, 5);
    byte[] content = Yard.bytes(250, 1);
    yard.put(way.from(), content);
    yard.drain();

    LargeCopyCrashTest.check(yard, way, content, way.toString());
    assertThat(yard.count("queue.send")).isGreaterThanOrEqualTo(4);
    assertThat(yard.count(destination(way) + ".putPart")).isEqualTo(63);
    assertThat(yard.count(destination(way) + ".complete")).isEqualTo(1);
  }
}
