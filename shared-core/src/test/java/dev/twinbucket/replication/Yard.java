package dev.twinbucket.replication;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.Observation;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.rule.Direction;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.RuleSet;
import dev.twinbucket.rule.Side;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.state.InMemoryStateStore;
import dev.twinbucket.state.StateStore;
import dev.twinbucket.store.ListPage;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.MultipartUploads;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.OpenUploads;
import dev.twinbucket.store.PartLimits;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.Stores;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.store.memory.Flavour;
import dev.twinbucket.store.memory.InMemoryObjectStore;
import dev.twinbucket.store.memory.Mutation;
import dev.twinbucket.time.Deadline;
import dev.twinbucket.time.Pause;
import dev.twinbucket.time.TestingClock;
import dev.twinbucket.transfer.ByteBudget;
import dev.twinbucket.transfer.ContentReader;
import dev.twinbucket.transfer.LargeObjects;
import dev.twinbucket.transfer.TransferProgress;
import dev.twinbucket.transfer.TransferSettings;
import dev.twinbucket.work.WorkQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Two buckets in memory whose objects are large from nine bytes on, a queue that delivers a message
 * again until it is used up, and a hook on every call to a store, the state or the queue.
 */
final class Yard {
  static final String KEY = "a//key";
  static final PartLimits SMALL_PARTS = new PartLimits(64, 4, 1 << 20, 1 << 20);
  static final BucketLocation LEFT = new BucketLocation("s3", "left");
  static final BucketLocation RIGHT = new BucketLocation("gs", "right");
  private static final int SMALL = 8;

  /** The process is gone, in the middle of a call. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1;
  }

  /** What happens around a call. */
  interface Hook {
    /** Before its effect; what is thrown takes the effect's place. */
    default void before(String call, Object[] arguments) {}

    /** After its effect; what is returned or thrown takes the answer's place. */
    default Object after(String call, Object[] arguments, Object answer) {
      return answer;
    }
  }

  /** A message on the queue. */
  record Message(String id, ObjectEvent event, int delivery) {}

  final TestingClock clock = new TestingClock(Instant.parse("2026-01-02T03:04:05Z"));
  final List<Mutation> visible = new ArrayList<>();
  final InMemoryObjectStore left;
  final InMemoryObjectStore right;
  final StateStore state = new InMemoryStateStore(clock);
  final Rule rule;
  final SideName from;
  final Deque<Message> queue = new ArrayDeque<>();
  final List<Outcome> outcomes = new ArrayList<>();
  final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  final List<TransferProgress> progress = Collections.synchronizedList(new ArrayList<>());
  Hook hook = new Hook() {};
  TransferSettings settings = new TransferSettings(4, 1, 1 << 30, 1);
  Pause pause = clock::advance;
  Duration invocation = Duration.ofMinutes(5);
  long memory = 1 << 20;
  boolean hasQueue = true;

  /** Whether the source's store tells no CRC32C, as S3 of objects written without one. */
  boolean withoutSourceChecksums;

  private final SplittableRandom random = new SplittableRandom(1);
  private int messages;
  private boolean dead;

  Yard(Direction direction, SideName from) {
    this(direction, from, Flavour.S3, Flavour.GCS, SMALL_PARTS);
  }

  Yard(Direction direction, SideName from, Flavour leftIs, Flavour rightIs, PartLimits limits) {
    this.from = from;
    this.left = new InMemoryObjectStore(leftIs, clock, visible::add, limits);
    this.right = new InMemoryObjectStore(rightIs, clock, visible::add, limits);
    left.createBucket(LEFT);
    right.createBucket(RIGHT);
    this.rule = Rule.of("r", Side.of(LEFT, ""), Side.of(RIGHT, ""), direction);
  }

  /** The directions in which one side can be the source. */
  static Yard of(boolean twoWay, SideName from) {
    Direction oneWay = from == SideName.LEFT ? Direction.LEFT_TO_RIGHT : Direction.RIGHT_TO_LEFT;
    return new Yard(twoWay ? Direction.TWO_WAY : oneWay, from);
  }

  /** A function instance: it shares nothing with others but stores, state and queue. */
  Replication function() {
    return new Replication(
        new Stores(Map.of("s3", watched("left", left), "gs", watched("right", right))),
        watched(StateStore.class, "state", state),
        new ContentReader(new ByteBudget(memory), SMALL),
        new LargeObjects(new ByteBudget(memory), settings, progress::add),
        watched(WorkQueue.class, "queue", new Continuations()),
        pause,
        random::split);
  }

  /** Another process takes the place of one that is gone. */
  void revive() {
    dead = false;
  }

  InMemoryObjectStore store(SideName side) {
    return side == SideName.LEFT ? left : right;
  }

  ObjectLocation at(SideName side) {
    return rule.side(side).locate(KEY);
  }

  static byte[] bytes(int size, long seed) {
    byte[] bytes = new byte[size];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  /** A user writes on a side; whatever stood there goes. Its notification goes on the queue. */
  void put(SideName side, byte[] content) {
    quietly(side, content);
    hint(side, EventType.CREATED, content.length);
  }

  /** The same, and the notification is lost. */
  void quietly(SideName side, byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    store(side)
        .put(
            new PutRequest(
                at(side),
                bytes,
                Crc32c.of(bytes),
                new ObjectAttributes(
                    new SystemHeaders("text/plain", "", "", "", "", "", "", ""),
                    Map.of("who", "user"),
                    Map.of()),
                Optional.empty(),
                object(side)
                    .map(standing -> WriteCondition.ifUnchanged(standing.version()))
                    .orElseGet(WriteCondition::ifAbsent),
                Placement.DEFAULT));
    clock.advance(Duration.ofSeconds(1));
  }

  /** A user deletes. */
  void delete(SideName side) {
    deleteQuietly(side);
    hint(side, EventType.DELETED, ObjectEvent.UNKNOWN_SIZE);
  }

  void deleteQuietly(SideName side) {
    ObjectSnapshot standing = object(side).orElseThrow();
    store(side).delete(standing.location(), WriteCondition.ifUnchanged(standing.version()));
    clock.advance(Duration.ofSeconds(1));
  }

  ObjectEvent hint(SideName side, EventType type, long size) {
    BucketLocation bucket = rule.side(side).bucket();
    ObjectEvent event =
        new ObjectEvent(
            bucket.store(),
            bucket.bucket(),
            KEY,
            type,
            "",
            "",
            "",
            size,
            Optional.of(clock.instant()),
            false);
    enqueue(event);
    return event;
  }

  void enqueue(ObjectEvent event) {
    queue.add(new Message("m" + ++messages, event, 1));
  }

  /** Delivers the next message once; it comes back unless it was used up. */
  Optional<Outcome> deliver() {
    return deliver(queue.remove());
  }

  Optional<Outcome> deliver(Message message) {
    dead = false;
    try {
      Outcome outcome = run(message);
      outcomes.add(outcome);
      if (!outcome.isTerminal()) {
        comeBack(message);
      }
      return Optional.of(outcome);
    } catch (Crash e) {
      comeBack(message);
      return Optional.empty();
    }
  }

  Outcome run(Message message) {
    ObjectEvent event = message.event();
    SideName side = event.provider().equals("s3") ? SideName.LEFT : SideName.RIGHT;
    return function()
        .replicate(
            new RuleSet.Match(rule, side, event.key()),
            event,
            new Invocation(Deadline.in(invocation, clock), message.id(), Optional.empty()));
  }

  private void comeBack(Message message) {
    clock.advance(Duration.ofMinutes(1));
    queue.addLast(new Message(message.id(), message.event(), message.delivery() + 1));
  }

  /** Delivers until nothing is left. */
  void drain() {
    for (int i = 0; !queue.isEmpty(); i++) {
      if (i > 400) {
        throw new AssertionError("no end: " + queue + ", last outcomes " + outcomes);
      }
      deliver();
    }
  }

  Optional<ObjectSnapshot> object(SideName side) {
    return store(side).observe(at(side)).object();
  }

  Optional<byte[]> content(SideName side) {
    return object(side)
        .map(
            there -> {
              try (ObjectContent content =
                  store(side).read(ReadRequest.pinned(there.location(), there.version()))) {
                return content.body().readAllBytes();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  /** Uploads and staging objects that are still there, on both sides. */
  List<OpenUploads.Open> leftovers() {
    List<OpenUploads.Open> found = new ArrayList<>();
    found.addAll(left.multipart().open(LEFT, "", Optional.empty()).uploads());
    found.addAll(right.multipart().open(RIGHT, "", Optional.empty()).uploads());
    return found;
  }

  List<String> keys(SideName side) {
    return store(side).list(ListRequest.first(rule.side(side).bucket(), "")).objects().stream()
        .map(ListPage.Listed::key)
        .toList();
  }

  boolean hasRow() {
    return state.read("#transfer/r/" + KEY).isPresent();
  }

  long count(String call) {
    return calls.stream().filter(call::equals).count();
  }

  private ObjectStore watched(String name, ObjectStore store) {
    MultipartUploads uploads = watched(MultipartUploads.class, name, store.multipart());
    ObjectStore watched = watched(ObjectStore.class, name, store);
    return proxy(
        ObjectStore.class,
        (method, arguments) ->
            method.getName().equals("multipart") ? uploads : method.invoke(watched, arguments));
  }

  private <T> T watched(Class<T> type, String name, T target) {
    return proxy(
        type,
        (method, arguments) -> {
          String call = name + "." + method.getName();
          if (List.of("capabilities", "limits", "multipart", "isOpen", "longestDelay")
              .contains(method.getName())) {
            return method.invoke(target, arguments);
          }
          if (dead) {
            throw new Crash();
          }
          try {
            calls.add(call);
            hook.before(call, arguments);
            return hook.after(call, arguments, veiled(name, method.invoke(target, arguments)));
          } catch (Crash e) {
            dead = true;
            throw e;
          }
        });
  }

  private Object veiled(String name, Object answer) {
    if (!withoutSourceChecksums || !name.equals(from == SideName.LEFT ? "left" : "right")) {
      return answer;
    }
    return switch (answer) {
      case Observation.Present(ObjectSnapshot seen) -> new Observation.Present(veiled(seen));
      case ObjectContent(ObjectSnapshot seen, var body, var release) ->
          new ObjectContent(veiled(seen), body, release);
      case null, default -> answer;
    };
  }

  private static ObjectSnapshot veiled(ObjectSnapshot seen) {
    return new ObjectSnapshot(
        seen.location(),
        seen.version(),
        seen.size(),
        Optional.empty(),
        seen.md5(),
        seen.attributes(),
        seen.modified(),
        seen.provenance(),
        seen.storageClass(),
        seen.readable());
  }

  private interface Handler {
    Object handle(java.lang.reflect.Method method, Object[] arguments) throws Exception;
  }

  private static <T> T proxy(Class<T> type, Handler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return handler.handle(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private final class Continuations implements WorkQueue {
    @Override
    public boolean isOpen() {
      return hasQueue;
    }

    @Override
    public Duration longestDelay() {
      return Duration.ofMinutes(15);
    }

    @Override
    public void send(ObjectEvent hint, Duration delay) {
      enqueue(hint);
    }

    @Override
    public void close() {}
  }
}
