package dev.twinbucket.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.Observation;
import dev.twinbucket.outcome.LogFormat;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.outcome.OutcomeLog;
import dev.twinbucket.replication.Invocation;
import dev.twinbucket.replication.Replication;
import dev.twinbucket.rule.Direction;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.RuleSet;
import dev.twinbucket.rule.Side;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.settings.LogLevel;
import dev.twinbucket.state.InMemoryStateStore;
import dev.twinbucket.store.ListPage;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.Stores;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.store.memory.Flavour;
import dev.twinbucket.store.memory.InMemoryObjectStore;
import dev.twinbucket.time.Deadline;
import dev.twinbucket.time.TestingClock;
import dev.twinbucket.transfer.ByteBudget;
import dev.twinbucket.transfer.ContentReader;
import dev.twinbucket.work.WorkQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReconciliationTest {
  private static final BucketLocation LEFT = new BucketLocation("s3", "left");
  private static final BucketLocation RIGHT = new BucketLocation("gs", "right");

  private final TestingClock clock = new TestingClock(Instant.parse("2026-01-02T03:04:05Z"));
  private final InMemoryObjectStore left = new InMemoryObjectStore(Flavour.S3, clock);
  private final InMemoryObjectStore right = new InMemoryObjectStore(Flavour.GCS, clock);
  private final DistortedListings seenLeft = new DistortedListings(left);
  private final InMemoryStateStore state = new InMemoryStateStore(clock);
  private final List<String> lines = new ArrayList<>();
  private final Random random = new Random(1);
  private Rule rule = rule(Direction.TWO_WAY);

  @BeforeEach
  void makeBuckets() {
    left.createBucket(LEFT);
    right.createBucket(RIGHT);
  }

  @Test
  void bringsTwoFilledBucketsInStep() {
    put(SideName.LEFT, "only left", "1");
    put(SideName.RIGHT, "only right", "2");
    put(SideName.LEFT, "same", "3");
    put(SideName.RIGHT, "same", "3");
    put(SideName.LEFT, "emoji \uD83D\uDE00", "4");
    put(SideName.RIGHT, "emoji \uFF5E", "5");

    Summary summary = reconcile();

    assertThat(summary.isComplete()).isTrue();
    assertThat(summary.names()).isEqualTo(5);
    assertThat(contents(SideName.LEFT)).isEqualTo(contents(SideName.RIGHT)).hasSize(5);
    assertThat(reconcile().outcomes()).containsOnlyKeys("in-sync");
  }

  @Test
  void copiesWhatALostNotificationLeftUndone() {
    settle("k", "v1");
    clock.advance(Duration.ofSeconds(10));
    put(SideName.RIGHT, "k", "v2");

    reconcile();

    assertThat(contents(SideName.LEFT)).containsEntry("k", "v2");
  }

  @Test
  void carriesALostDeletionOverAndResurrectsNothing() {
    settle("k", "v1");
    settle("other", "v1");
    left.delete(at(SideName.LEFT, "k"), unchanged(SideName.LEFT, "k"));

    Summary summary = reconcile();

    assertThat(summary.outcomes()).containsEntry("deleted", 1L);
    assertThat(contents(SideName.LEFT)).containsOnlyKeys("other");
    assertThat(contents(SideName.RIGHT)).containsOnlyKeys("other");
  }

  @ParameterizedTest
  @EnumSource(
      value = Direction.class,
      names = {"LEFT_TO_RIGHT", "RIGHT_TO_LEFT"})
  void followsTheDirectionOfOneWayRules(Direction direction) {
    rule = rule(direction);
    SideName source = direction == Direction.LEFT_TO_RIGHT ? SideName.LEFT : SideName.RIGHT;
    put(source, "new", "1");
    put(source, "stays", "1");
    reconcile();
    put(source.other(), "foreign", "2");
    store(source).delete(at(source, "new"), unchanged(source, "new"));

    Summary summary = reconcile();

    assertThat(summary.isComplete()).isTrue();
    assertThat(contents(source)).containsOnlyKeys("stays");
    assertThat(contents(source.other())).containsOnlyKeys("foreign", "stays");
  }

  @Test
  void anEmptyListingDeletesNothingAndFailsTheRun() {
    settle("k", "v1");
    left.delete(at(SideName.LEFT, "k"), unchanged(SideName.LEFT, "k"));

    Summary summary = reconcile();

    assertThat(summary.isComplete()).isFalse();
    assertThat(summary.failure()).hasValueSatisfying(why -> assertThat(why).contains("nothing"));
    assertThat(contents(SideName.RIGHT)).containsOnlyKeys("k");
  }

  @Test
  void anEmptySideIsFilled() {
    put(SideName.LEFT, "a", "1");
    put(SideName.LEFT, "b", "2");

    assertThat(reconcile().isComplete()).isTrue();
    assertThat(contents(SideName.RIGHT)).containsOnlyKeys("a", "b");
  }

  @Test
  void aListingThatLeavesNamesOutDeletesNothing() {
    for (int i = 0; i < 20; i++) {
      settle("k" + i, "v");
    }
    seenLeft.leaveOut(name -> name.hashCode() % 2 == 0);

    Summary summary = reconcile();

    assertThat(summary.outcomes()).containsOnlyKeys("in-sync");
    assertThat(contents(SideName.RIGHT)).hasSize(20);
    assertThat(contents(SideName.LEFT)).hasSize(20);
  }

  @Test
  void aListingOutOfOrderEndsTheRun() {
    for (int i = 0; i < 10; i++) {
      settle("k" + i, "v");
    }
    seenLeft.reverse();

    Summary summary = reconcile();

    assertThat(summary.failure()).hasValueSatisfying(why -> assertThat(why).contains("order"));
    assertThat(contents(SideName.RIGHT)).hasSize(10);
  }

  @Test
  void aListingThatBreaksOffEndsTheRunWithoutADeletion() {
    for (int i = 0; i < 1500; i++) {
      settle("k%04d".formatted(i), "v");
    }
    seenLeft.failAfterPages(1, new StoreException.AccessDenied("no more"));

    Summary summary = reconcile();

    assertThat(summary.failure()).hasValueSatisfying(why -> assertThat(why).contains("no more"));
    assertThat(summary.next()).isPresent();
    assertThat(contents(SideName.RIGHT)).hasSize(1500);
  }

  @Test
  void aThrottledListingIsTriedAgain() {
    settle("k", "v");
    seenLeft.failOnce(new StoreException.Throttled("slow down"));

    assertThat(reconcile().isComplete()).isTrue();
  }

  @Test
  void goesOnWhereItsTimeWasUp() {
    for (int i = 0; i < 2500; i++) {
      put(i % 3 == 0 ? SideName.LEFT : SideName.RIGHT, "k%04d".formatted(i), "v" + i);
    }
    Optional<Position> next = Optional.of(Position.START);
    int runs = 0;
    while (next.isPresent()) {
      Deadline deadline = Deadline.in(Duration.ofSeconds(60), clock);
      Summary summary =
          reconciliation(() -> clock.advance(Duration.ofMillis(50)))
              .run(rule, next.get(), deadline, soFar -> {});
      assertThat(summary.failure()).isEmpty();
      assertThat(summary.names()).isPositive();
      next = summary.next().map(Position::token).flatMap(Position::parse);
      runs++;
    }
    assertThat(runs).isGreaterThan(1);
    assertThat(contents(SideName.LEFT)).isEqualTo(contents(SideName.RIGHT)).hasSize(2500);
  }

  @Test
  void leavesReservedAndFilteredNamesAlone() {
    put(SideName.LEFT, ".twinbucket/state/x", "row");
    put(SideName.LEFT, "k", "v");

    reconcile();

    assertThat(contents(SideName.RIGHT)).containsOnlyKeys("k");
  }

  @Test
  void aBackfillFromBothSidesLetsADeletionAndAnOverwriteOfListedNamesStand() {
    settle("deleted", "v1");
    settle("overwritten", "v1");
    seenLeft.atEachPage(
        () -> {
          seenLeft.atEachPage(() -> {});
          clock.advance(Duration.ofSeconds(5));
          left.delete(at(SideName.LEFT, "deleted"), unchanged(SideName.LEFT, "deleted"));
          put(SideName.RIGHT, "overwritten", "v2");
        });

    reconcile();
    reconcile();

    assertThat(contents(SideName.LEFT)).isEqualTo(contents(SideName.RIGHT));
    assertThat(contents(SideName.LEFT)).isEqualTo(Map.of("overwritten", "v2"));
  }

  @Test
  void aTokenThatIsNoneIsRefused() {
    assertThat(Position.parse("!")).isEmpty();
    assertThat(Position.parse("e30")).isEmpty();
    Position odd = new Position("a\u0000", "\uD83D\uDE00", "x/y", true);
    assertThat(Position.parse(odd.token())).contains(odd);
  }

  private Rule rule(Direction direction) {
    return Rule.of("r", Side.of(LEFT, ""), Side.of(RIGHT, ""), direction);
  }

  private Replication replication(Runnable eachWork) {
    return new Replication(
        new Stores(Map.of("s3", seenLeft.asStore(), "gs", right)),
        state,
        new ContentReader(new ByteBudget(1 << 20), 1 << 20),
        WorkQueue.none(),
        clock::advance,
        () -> {
          eachWork.run();
          return random;
        });
  }

  private Reconciliation reconciliation(Runnable eachWork) {
    return new Reconciliation(
        replication(eachWork),
        new RuleSet(List.of(rule), Map.of("s3", "s3", "gs", "gs")),
        clock,
        new OutcomeLog(LogFormat.CLOUDWATCH, LogLevel.DEBUG, clock, this::line));
  }

  private synchronized void line(String line) {
    lines.add(line);
  }

  private Summary reconcile() {
    Deadline never = Deadline.in(Duration.ofDays(1), clock);
    return reconciliation(() -> {}).run(rule, Position.START, never, soFar -> {});
  }

  private void settle(String name, String text) {
    put(SideName.LEFT, name, text);
    ObjectEvent hint = ObjectEvent.look("s3", "left", name, EventType.CREATED);
    Deadline soon = Deadline.in(Duration.ofMinutes(5), clock);
    Outcome outcome =
        replication(() -> {})
            .replicate(
                new RuleSet.Match(rule, SideName.LEFT, name), hint, new Invocation(soon, ""));
    assertThat(outcome).isInstanceOf(Outcome.Copied.class);
  }

  private void put(SideName side, String name, String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    WriteCondition condition =
        store(side)
            .observe(at(side, name))
            .object()
            .map(object -> WriteCondition.ifUnchanged(object.version()))
            .orElseGet(WriteCondition::ifAbsent);
    store(side)
        .put(
            new PutRequest(
                at(side, name),
                bytes,
                Crc32c.of(bytes),
                ObjectAttributes.NONE,
                Optional.empty(),
                condition,
                Placement.DEFAULT));
  }

  private WriteCondition unchanged(SideName side, String name) {
    Observation seen = store(side).observe(at(side, name));
    return WriteCondition.ifUnchanged(seen.object().orElseThrow().version());
  }

  private InMemoryObjectStore store(SideName side) {
    return side == SideName.LEFT ? left : right;
  }

  private static ObjectLocation at(SideName side, String name) {
    return (side == SideName.LEFT ? LEFT : RIGHT).object(name);
  }

  private Map<String, String> contents(SideName side) {
    Map<String, String> contents = new TreeMap<>();
    BucketLocation bucket = side == SideName.LEFT ? LEFT : RIGHT;
    ListRequest request = ListRequest.first(bucket, "");
    while (true) {
      ListPage page = store(side).list(request);
      for (ListPage.Listed listed : page.objects()) {
        if (!listed.key().startsWith(Rule.RESERVED_PREFIX)) {
          contents.put(listed.key(), text(bucket.object(listed.key()), store(side)));
        }
      }
      if (page.next().isEmpty()) {
        return contents;
      }
      request = request.after(page.next());
    }
  }

  private static String text(ObjectLocation location, InMemoryObjectStore store) {
    try (ObjectContent content = store.read(ReadRequest.current(location))) {
      return new String(content.body().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyDifferenceLeavesALine() {
    put(SideName.LEFT, "k", "v");
    reconcile();
    assertThat(lines).singleElement().asString().contains("\"copied\"");
  }
}
