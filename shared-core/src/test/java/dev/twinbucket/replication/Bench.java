package dev.twinbucket.replication;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.guard.ControlBook;
import dev.twinbucket.guard.Controls;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
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
import dev.twinbucket.state.StateStore;
import dev.twinbucket.store.ListPage;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.Stores;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.store.memory.Flavour;
import dev.twinbucket.store.memory.InMemoryObjectStore;
import dev.twinbucket.time.Deadline;
import dev.twinbucket.time.TestingClock;
import dev.twinbucket.transfer.ByteBudget;
import dev.twinbucket.transfer.ContentReader;
import dev.twinbucket.work.WorkQueue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One rule between two buckets in memory. {@link #beforeCall} is told of every call to a store that
 * the protocols make, just before it has its effect.
 */
final class Bench {
  static final BucketLocation LEFT = new BucketLocation("s3", "left");
  static final BucketLocation RIGHT = new BucketLocation("gs", "right");
  static final String RULE = "r";

  final TestingClock clock = new TestingClock(Instant.parse("2026-01-02T03:04:05Z"));
  final InMemoryObjectStore left = new InMemoryObjectStore(Flavour.S3, clock);
  final InMemoryObjectStore right = new InMemoryObjectStore(Flavour.GCS, clock);
  final StateStore state = new InMemoryStateStore(clock);
  final AtomicInteger stateRequests = new AtomicInteger();
  final ControlBook book = new ControlBook(state);
  final Rule rule;
  WorkQueue queue = WorkQueue.none();
  Consumer<String> beforeCall = _ -> {};
  private final SplittableRandom random = new SplittableRandom(1);
  private final Replication function;

  Bench(Direction direction, DeleteGuard guard) {
    left.createBucket(LEFT);
    right.createBucket(RIGHT);
    rule =
        new Rule(
            RULE,
            Side.of(LEFT, ""),
            Side.of(RIGHT, ""),
            direction,
            KeyFilter.ALL,
            DeletePolicy.REPLICATE,
            DeletePolicy.REPLICATE,
            ForeignPolicy.OVERWRITE,
            ConflictPolicy.NEWEST,
            true,
            guard,
            Mode.LIVE);
    function = function();
  }

  /** Another function instance: it shares nothing with others but stores and state. */
  Replication function() {
    return new Replication(
        new Stores(Map.of("s3", watched(left), "gs", watched(right))),
        counted(state),
        new ContentReader(new ByteBudget(1 << 20), 1 << 20),
        new LateQueue(),
        clock::advance,
        this::split);
  }

  Outcome handle(SideName side, String key, EventType type) {
    return handle(function, side, key, type, clock.instant());
  }

  Outcome handle(Replication function, SideName side, String key, EventType type, Instant time) {
    BucketLocation bucket = rule.side(side).bucket();
    ObjectEvent event =
        new ObjectEvent(
            bucket.store(),
            bucket.bucket(),
            key,
            type,
            "",
            "",
            "",
            ObjectEvent.UNKNOWN_SIZE,
            Optional.of(time),
            false);
    return handle(function, event, Optional.empty());
  }

  Outcome handle(Replication function, ObjectEvent event, Optional<Instant> since) {
    SideName side = event.provider().equals("s3") ? SideName.LEFT : SideName.RIGHT;
    return function.replicate(
        new RuleSet.Match(rule, side, event.key()),
        event,
        new Invocation(Deadline.in(Duration.ofMinutes(5), clock), "", since));
  }

  /** A user writes; whatever stood there goes. */
  void put(SideName side, String key, String text) {
    ObjectStore store = store(side);
    ObjectLocation location = rule.side(side).locate(key);
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    store.put(
        new PutRequest(
            location,
            bytes,
            Crc32c.of(bytes),
            ObjectAttributes.NONE,
            Optional.empty(),
            object(side, key)
                .map(standing -> WriteCondition.ifUnchanged(standing.version()))
                .orElseGet(WriteCondition::ifAbsent),
            Placement.DEFAULT));
    clock.advance(Duration.ofSeconds(1));
  }

  /** A user deletes. */
  void delete(SideName side, String key) {
    ObjectSnapshot standing = object(side, key).orElseThrow();
    store(side).delete(standing.location(), WriteCondition.ifUnchanged(standing.version()));
    clock.advance(Duration.ofSeconds(1));
  }

  /** A user writes, and it is replicated. */
  void settle(SideName side, String key) {
    put(side, key, "v of " + key);
    Outcome outcome = handle(side, key, EventType.CREATED);
    if (!(outcome instanceof Outcome.Copied)) {
      throw new AssertionError(outcome.toString());
    }
  }

  Optional<ObjectSnapshot> object(SideName side, String key) {
    return store(side).observe(rule.side(side).locate(key)).object();
  }

  List<String> keys(SideName side) {
    return store(side).list(ListRequest.first(rule.side(side).bucket(), "")).objects().stream()
        .map(ListPage.Listed::key)
        .toList();
  }

  void command(UnaryOperator<Controls> change) {
    book.change(RULE, clock.instant(), change);
  }

  void close(SideName side, boolean shut) {
    command(controls -> controls.withClosed(side, shut));
    // Longer than anybody remembers what was switched off.
    clock.advance(Duration.ofSeconds(20));
  }

  private synchronized SplittableRandom split() {
    return random.split();
  }

  private InMemoryObjectStore store(SideName side) {
    return side == SideName.LEFT ? left : right;
  }

  private ObjectStore watched(ObjectStore store) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              beforeCall.accept(method.getName());
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private StateStore counted(StateStore rows) {
    return (StateStore)
        Proxy.newProxyInstance(
            StateStore.class.getClassLoader(),
            new Class<?>[] {StateStore.class},
            (proxy, method, arguments) -> {
              stateRequests.incrementAndGet();
              try {
                return method.invoke(rows, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Whatever queue the test has set by then. */
  private final class LateQueue implements WorkQueue {
    @Override
    public boolean isOpen() {
      return queue.isOpen();
    }

    @Override
    public Duration longestDelay() {
      return queue.longestDelay();
    }

    @Override
    public void send(ObjectEvent hint, Duration delay) {
      queue.send(hint, delay);
    }

    @Override
    public void close() {
      queue.close();
    }
  }
}
