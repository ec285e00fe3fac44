package dev.twinbucket.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.rule.ConflictPolicy;
import dev.twinbucket.rule.DeleteGuard;
import dev.twinbucket.rule.DeletePolicy;
import dev.twinbucket.rule.Direction;
import dev.twinbucket.rule.ForeignPolicy;
import dev.twinbucket.rule.KeyFilter;
import dev.twinbucket.rule.Mode;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.RuleSet;
import dev.twinbucket.rule.Side;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.state.InMemoryStateStore;
import dev.twinbucket.store.Capabilities;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.ReadRequest;
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
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A destination that writes whatever the condition says: the declared weaker mode. */
class StoresThatIgnoreConditionsTest {
  private static final BucketLocation LEFT = new BucketLocation("s3", "left");
  private static final BucketLocation RIGHT = new BucketLocation("weak", "right");

  private final TestingClock clock = new TestingClock(Instant.parse("2026-01-02T03:04:05Z"));
  private final InMemoryObjectStore left = new InMemoryObjectStore(Flavour.S3, clock);
  private final InMemoryObjectStore right = new InMemoryObjectStore(Flavour.S3, clock);
  private final InMemoryStateStore state = new InMemoryStateStore(clock);
  private final Random random = new Random(1);
  private final List<String> calls = new ArrayList<>();

  @BeforeEach
  void makeBuckets() {
    left.createBucket(LEFT);
    right.createBucket(RIGHT);
  }

  @Test
  void aForeignObjectThatARuleKeepsIsNotOverwrittenByACreation() {
    put(right, RIGHT.object("k"), "foreign");
    put(left, LEFT.object("k"), "ours");

    Outcome outcome = replicate(rule(Direction.LEFT_TO_RIGHT, ForeignPolicy.KEEP));

    assertThat(outcome).isInstanceOf(Outcome.Superseded.class);
    assertThat(text(right, RIGHT.object("k"))).isEqualTo("foreign");
  }

  @Test
  void theLoserOfAConflictIsKeptThoughItsCreationWasAnnouncedAsNew() {
    put(right, RIGHT.object("k"), "older");
    clock.advance(Duration.ofSeconds(5));
    put(left, LEFT.object("k"), "newer");

    Outcome outcome = replicate(rule(Direction.TWO_WAY, ForeignPolicy.OVERWRITE));

    assertThat(outcome).isInstanceOf(Outcome.Copied.class);
    assertThat(text(right, RIGHT.object("k"))).isEqualTo("newer");
    assertThat(kept()).containsExactly("older");
  }

  @Test
  void everyWriteIsPrecededByALook() {
    put(left, LEFT.object("k"), "v1");
    replicate(rule(Direction.TWO_WAY, ForeignPolicy.OVERWRITE));
    clock.advance(Duration.ofSeconds(5));
    put(left, LEFT.object("k"), "v2");
    replicate(rule(Direction.TWO_WAY, ForeignPolicy.OVERWRITE));

    assertThat(calls).contains("put");
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i).equals("put")) {
        assertThat(calls.subList(0, i).getLast()).isEqualTo("observe");
      }
    }
    assertThat(text(right, RIGHT.object("k"))).isEqualTo("v2");
  }

  private static Rule rule(Direction direction, ForeignPolicy foreign) {
    return new Rule(
        "r",
        Side.of(LEFT, ""),
        Side.of(RIGHT, ""),
        direction,
        KeyFilter.ALL,
        DeletePolicy.REPLICATE,
        DeletePolicy.REPLICATE,
        foreign,
        ConflictPolicy.NEWEST,
        true,
        DeleteGuard.DEFAULT,
        Mode.LIVE);
  }

  private Outcome replicate(Rule rule) {
    Replication replication =
        new Replication(
            new Stores(Map.of("s3", left, "weak", weak())),
            state,
            new ContentReader(new ByteBudget(1 << 20), 1 << 20),
            WorkQueue.none(),
            clock::advance,
            () -> random);
    return replication.replicate(
        new RuleSet.Match(rule, SideName.LEFT, "k"),
        ObjectEvent.look("s3", "left", "k", EventType.CREATED),
        new Invocation(Deadline.in(Duration.ofMinutes(5), clock), ""));
  }

  /** Conditions are dropped on the way, as such stores drop them. */
  private ObjectStore weak() {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              calls.add(method.getName());
              return switch (method.getName()) {
                case "capabilities" -> weakened(right.capabilities());
                case "put" -> put(right, (PutRequest) arguments[0]);
                default -> {
                  try {
                    yield method.invoke(right, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                }
              };
            });
  }

  private static Capabilities weakened(Capabilities whole) {
    return new Capabilities(
        false,
        false,
        whole.storesCrc32c(),
        whole.attributesInPlace(),
        whole.stampsAtCompletion(),
        whole.largestPut());
  }

  private static Object put(InMemoryObjectStore store, PutRequest asked) {
    WriteCondition holds =
        store
            .observe(asked.location())
            .object()
            .map(object -> WriteCondition.ifUnchanged(object.version()))
            .orElseGet(WriteCondition::ifAbsent);
    return store.put(
        new PutRequest(
            asked.location(),
            asked.content(),
            asked.crc(),
            asked.attributes(),
            asked.stamp(),
            holds,
            asked.placement()));
  }

  private static void put(InMemoryObjectStore store, ObjectLocation location, String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    put(
        store,
        new PutRequest(
            location,
            bytes,
            Crc32c.of(bytes),
            ObjectAttributes.NONE,
            Optional.empty(),
            WriteCondition.ifAbsent(),
            Placement.DEFAULT));
  }

  private List<String> kept() {
    return right
        .list(ListRequest.first(RIGHT, Rule.RESERVED_PREFIX + "conflicts/"))
        .objects()
        .stream()
        .map(listed -> text(right, RIGHT.object(listed.key())))
        .toList();
  }

  private static String text(InMemoryObjectStore store, ObjectLocation location) {
    try (ObjectContent content = store.read(ReadRequest.current(location))) {
      return new String(content.body().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
