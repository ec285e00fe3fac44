package dev.twinbucket.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.Limits;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.operation.OperationAnswer;
import dev.twinbucket.operation.Operations;
import dev.twinbucket.outcome.LogFormat;
import dev.twinbucket.rule.DeletePolicy;
import dev.twinbucket.rule.Direction;
import dev.twinbucket.rule.KeyFilter;
import dev.twinbucket.rule.KeyPattern;
import dev.twinbucket.rule.Mode;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.Side;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.Stores;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.store.memory.Flavour;
import dev.twinbucket.store.memory.InMemoryObjectStore;
import dev.twinbucket.time.Deadline;
import dev.twinbucket.time.TestingClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Canaries above a replication that is played here: at each pause it copies, deletes, or not. */
class CanaryTest {
  private static final BucketLocation LEFT = new BucketLocation("s3", "left");
  private static final BucketLocation RIGHT = new BucketLocation("gs", "right");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestingClock clock = new TestingClock(Instant.parse("2026-11-21T06:00:00Z"));
  private final InMemoryObjectStore s3 = new InMemoryObjectStore(Flavour.S3, clock);
  private final InMemoryObjectStore gcs = new InMemoryObjectStore(Flavour.GCS, clock);
  private boolean copies = true;
  private boolean deletes = true;
  private int pausesBefore;
  private int pauses;

  @BeforeEach
  void buckets() {
    s3.createBucket(LEFT);
    gcs.createBucket(RIGHT);
  }

  private static Rule rule(Direction direction) {
    return Rule.of("data", Side.of(LEFT, "in/"), Side.of(RIGHT, "out/"), direction);
  }

  private InMemoryObjectStore store(ObjectLocation location) {
    return location.bucket().equals(LEFT) ? s3 : gcs;
  }

  private Optional<ObjectSnapshot> at(ObjectLocation location) {
    return store(location).observe(location).object();
  }

  private void put(ObjectLocation location, String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    store(location)
        .put(
            new PutRequest(
                location,
                bytes,
                Crc32c.of(bytes),
                ObjectAttributes.NONE,
                Optional.empty(),
                at(location)
                    .map(snapshot -> WriteCondition.ifUnchanged(snapshot.version()))
                    .orElseGet(WriteCondition::ifAbsent),
                Placement.DEFAULT));
  }

  /** What the canary wrote, told by the time that is in it. */
  private String text(Rule rule) {
    return "Twinbucket's canary of rule " + rule.name() + " at " + START + "\n";
  }

  private static final Instant START = Instant.parse("2026-11-21T06:00:00Z");

  private List<Flight> fly(Rule rule) {
    return new Canary(
            List.of(rule),
            new Stores(Map.of("s3", s3, "gs", gcs)),
            clock,
            time -> {
              clock.advance(time);
              pauses++;
              if (pauses >= pausesBefore) {
                replicate(rule);
              }
            })
        .fly(PATIENCE);
  }

  private synchronized void replicate(Rule rule) {
    for (SideName from : SideName.values()) {
      ObjectLocation here = Canary.place(rule, from);
      ObjectLocation there =
          rule.side(from.other()).locate(here.key().substring(rule.side(from).prefix().length()));
      if (at(here).isPresent() && copies && !isThere(there, rule)) {
        put(there, text(rule));
      }
      if (at(here).isEmpty() && at(there).isPresent() && deletes) {
        store(there).delete(there, WriteCondition.ifUnchanged(at(there).orElseThrow().version()));
      }
    }
  }

  private boolean isThere(ObjectLocation there, Rule rule) {
    ByteBuffer bytes = ByteBuffer.wrap(text(rule).getBytes(StandardCharsets.US_ASCII));
    return at(there).flatMap(ObjectSnapshot::crc).equals(Optional.of(Crc32c.of(bytes)));
  }

  private void assertNothingIsLeft(Rule rule) {
    for (SideName from : SideName.values()) {
      ObjectLocation here = Canary.place(rule, from);
      String name = here.key().substring(rule.side(from).prefix().length());
      assertThat(at(here)).isEmpty();
      assertThat(at(rule.side(from.other()).locate(name))).isEmpty();
    }
  }

  @Test
  void anObjectThatArrivesAndVanishesHasConverged() {
    Rule rule = rule(Direction.LEFT_TO_RIGHT);
    pausesBefore = 4;

    Flight flight = fly(rule).getFirst();

    assertThat(flight.end()).isEqualTo(Flight.End.CONVERGED);
    assertThat(flight.object()).isEqualTo(LEFT.object("in/twinbucket-canary/data/from-left"));
    assertThat(flight.arrived()).contains(Duration.ofSeconds(2));
    assertThat(flight.gone()).contains(Duration.ofMillis(500));
    assertNothingIsLeft(rule);
  }

  @Test
  void aReplicationThatStandsStillIsLateAndTheCanaryTakesItsObjectAway() {
    copies = false;
    Rule rule = rule(Direction.LEFT_TO_RIGHT);

    Flight flight = fly(rule).getFirst();

    assertThat(flight.end()).isEqualTo(Flight.End.LATE);
    assertThat(flight.arrived()).isEmpty();
    assertThat(flight.detail()).contains("30 s");
    assertNothingIsLeft(rule);
  }

  @Test
  void anOlderObjectThatStillStandsThereIsNotTakenForThisOne() {
    copies = false;
    Rule rule = rule(Direction.LEFT_TO_RIGHT);
    put(RIGHT.object("out/twinbucket-canary/data/from-left"), "of yesterday");

    assertThat(fly(rule).getFirst().end()).isEqualTo(Flight.End.LATE);
  }

  @Test
  void aDeletionThatIsNotRepeatedIsSeen() {
    deletes = false;

    Flight flight = fly(rule(Direction.LEFT_TO_RIGHT)).getFirst();

    assertThat(flight.end()).isEqualTo(Flight.End.LEFT_BEHIND);
    assertThat(flight.arrived()).isPresent();
  }

  @Test
  void oneThatWasLeftBehindIsWrittenOver() {
    Rule rule = rule(Direction.LEFT_TO_RIGHT);
    put(Canary.place(rule, SideName.LEFT), "of yesterday");

    assertThat(fly(rule).getFirst().end()).isEqualTo(Flight.End.CONVERGED);
    assertNothingIsLeft(rule);
  }

  @Test
  void aRuleThatCopiesFromTheRightSendsOneFromThere() {
    assertThat(fly(rule(Direction.RIGHT_TO_LEFT)))
        .singleElement()
        .satisfies(
            flight -> {
              assertThat(flight.from()).isEqualTo(SideName.RIGHT);
              assertThat(flight.end()).isEqualTo(Flight.End.CONVERGED);
            });
  }

  @Test
  void aRuleThatKeepsDeletedCounterpartsIsCleanedUpByTheCanary() {
    Rule two = rule(Direction.LEFT_TO_RIGHT);
    Rule keeping =
        new Rule(
            two.name(),
            two.left(),
            two.right(),
            two.direction(),
            two.filter(),
            DeletePolicy.KEEP,
            two.lifecycleDeletes(),
            two.foreign(),
            two.conflict(),
            two.updateBeatsDelete(),
            two.guard(),
            two.mode());
    deletes = false;

    Flight flight = fly(keeping).getFirst();

    assertThat(flight.end()).isEqualTo(Flight.End.CONVERGED);
    assertThat(flight.gone()).isEmpty();
    assertNothingIsLeft(keeping);
  }

  @Test
  void rulesThatDoNotReplicateItAreToldApart() {
    Rule live = rule(Direction.LEFT_TO_RIGHT);
    Rule off = with(live, live.filter(), Mode.OFF);
    KeyFilter images = new KeyFilter(List.of(KeyPattern.of("**.jpg")), List.of());

    assertThat(fly(off)).extracting(Flight::end).containsExactly(Flight.End.NOT_COVERED);
    assertThat(fly(with(live, images, Mode.LIVE)))
        .extracting(Flight::end)
        .containsExactly(Flight.End.NOT_COVERED);
    assertNothingIsLeft(live);
  }

  private static Rule with(Rule rule, KeyFilter filter, Mode mode) {
    return new Rule(
        rule.name(),
        rule.left(),
        rule.right(),
        rule.direction(),
        filter,
        rule.deletes(),
        rule.lifecycleDeletes(),
        rule.foreign(),
        rule.conflict(),
        rule.updateBeatsDelete(),
        rule.guard(),
        mode);
  }

  @Test
  void aStoreThatRefusesIsAFailureOfItsOwn() {
    Rule elsewhere =
        Rule.of(
            "data",
            Side.of(new BucketLocation("s3", "not-there"), ""),
            Side.of(RIGHT, ""),
            Direction.LEFT_TO_RIGHT);

    Flight flight =
        new Canary(List.of(elsewhere), new Stores(Map.of("s3", s3, "gs", gcs)), clock, _ -> {})
            .fly(PATIENCE)
            .getFirst();

    assertThat(flight.end()).isEqualTo(Flight.End.FAILED);
    assertThat(flight.detail()).contains("not-there");
  }

  @Test
  void theOperationWritesOneLineWithItsMetricsForEach() {
    List<String> lines = new ArrayList<>();
    Rule rule = rule(Direction.LEFT_TO_RIGHT);
    copies = false;
    CanaryOperation operation =
        new CanaryOperation(
            new Canary(
                List.of(rule), new Stores(Map.of("s3", s3, "gs", gcs)), clock, clock::advance),
            LogFormat.CLOUDWATCH,
            clock,
            lines::add);

    JsonObject answer =
        ask(operation, JsonObject.builder().put("seconds", 10), Duration.ofMinutes(5)).body();

    assertThat(answer.integer("alarming")).contains(1L);
    JsonObject line = Json.parse(lines.getFirst(), Limits.EVENT).asObject().orElseThrow();
    assertThat(line.string("canary")).contains("late");
    assertThat(line.string("level")).contains("error");
    assertThat(line.integer("CanaryFailed")).contains(1L);
    assertThat(line.object("_aws")).isPresent();
  }

  @Test
  void aPatienceThatDoesNotFitIsShortened() {
    Rule rule = rule(Direction.LEFT_TO_RIGHT);
    copies = false;
    CanaryOperation operation =
        new CanaryOperation(
            new Canary(
                List.of(rule), new Stores(Map.of("s3", s3, "gs", gcs)), clock, clock::advance),
            LogFormat.GOOGLE,
            clock,
            _ -> {});

    ask(operation, JsonObject.builder(), Duration.ofSeconds(25));

    assertThat(clock.instant()).isBeforeOrEqualTo(START.plusSeconds(25));
    assertThat(ask(operation, JsonObject.builder().put("seconds", 0), PATIENCE).ending())
        .isEqualTo(OperationAnswer.Ending.REFUSED);
    assertThat(ask(operation, JsonObject.builder().put("second", 9), PATIENCE).ending())
        .isEqualTo(OperationAnswer.Ending.REFUSED);
  }

  private OperationAnswer ask(
      CanaryOperation operation, JsonObject.Builder payload, Duration time) {
    return new Operations(Map.of("canary", operation))
        .answer(payload.put("twinbucket", "canary").build(), Deadline.in(time, clock))
        .orElseThrow();
  }
}
