package dev.twinbucket.simulator;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.rule.Direction;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.store.AttributesUpdate;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.store.memory.InMemoryObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people and their programs do to the two buckets, knowing nothing of each other or of us. */
final class Users {
  private static final List<String> NAMES = List.of("k", "k2");

  private final Scenario scenario;
  private final World world;
  private final Tape tape;
  private int contents;
  private int left;

  Users(Scenario scenario, World world, Tape tape) {
    this.scenario = scenario;
    this.world = world;
    this.tape = tape;
    this.left = scenario.operations();
  }

  boolean haveMore() {
    return left > 0;
  }

  List<String> names() {
    return NAMES.subList(0, scenario.names());
  }

  /** One operation, a second or more after the one before. */
  void act(boolean quiet) {
    left--;
    world.clock().advance(Duration.ofMillis(1100 + 100L * tape.choose(10)));
    SideName side = side();
    ObjectLocation place = World.bucket(side).object(names().get(tape.choose(scenario.names())));
    InMemoryObjectStore store = world.store(side);
    Optional<ObjectSnapshot> standing = store.observe(place).object();
    switch (standing.isEmpty() ? 0 : tape.choose(6)) {
      case 0, 1 -> put(store, place, standing, fresh(), ObjectAttributes.NONE, Optional.empty());
      case 2 -> {
        world.monitor().userDeletes(side, standing.orElseThrow(), quiet);
        store.delete(place, WriteCondition.ifUnchanged(standing.orElseThrow().version()));
        return;
      }
      case 3 -> retouch(store, standing.orElseThrow());
      case 4 -> bringBack(store, place, standing.orElseThrow());
      default -> copyElsewhere(store, side, standing.orElseThrow());
    }
  }

  private SideName side() {
    return switch (scenario.direction()) {
      case Direction.LEFT_TO_RIGHT -> SideName.LEFT;
      case Direction.RIGHT_TO_LEFT -> SideName.RIGHT;
      case Direction.TWO_WAY -> tape.choose(2) == 0 ? SideName.LEFT : SideName.RIGHT;
    };
  }

  /** All contents are of one size: only their bytes tell them apart. */
  private byte[] fresh() {
    contents++;
    return "content-%03d".formatted(contents).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Changes the metadata and keeps the stamp, as every tool does that changes an object in place.
   */
  private void retouch(InMemoryObjectStore store, ObjectSnapshot object) {
    contents++;
    ObjectAttributes changed =
        new ObjectAttributes(SystemHeaders.NONE, Map.of("touched", "t" + contents), Map.of());
    store.updateAttributes(
        new AttributesUpdate(object, changed, object.provenance(), Placement.DEFAULT));
  }

  /**
   * Writes an older version's bytes and metadata again, its stamp among them; deletes if there is
   * none.
   */
  private void bringBack(InMemoryObjectStore store, ObjectLocation place, ObjectSnapshot standing) {
    List<ObjectSnapshot> older = store.noncurrent(place);
    if (older.isEmpty()) {
      put(
          store,
          place,
          Optional.of(standing),
          bytes(store, standing),
          standing.attributes(),
          Optional.empty());
      return;
    }
    ObjectSnapshot old = older.get(tape.choose(older.size()));
    put(
        store,
        place,
        Optional.of(standing),
        world.monitor().bytesOf(old),
        old.attributes(),
        old.provenance());
  }

  /** Copies an object to the other name, with all its metadata, the stamp included. */
  private void copyElsewhere(InMemoryObjectStore store, SideName side, ObjectSnapshot object) {
    int other = (names().indexOf(object.location().key()) + 1) % names().size();
    ObjectLocation target = World.bucket(side).object(names().get(other));
    put(
        store,
        target,
        store.observe(target).object(),
        bytes(store, object),
        object.attributes(),
        object.provenance());
  }

  private static byte[] bytes(InMemoryObjectStore store, ObjectSnapshot object) {
    try (ObjectContent content = store.read(ReadRequest.current(object.location()))) {
      return content.body().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(
      InMemoryObjectStore store,
      ObjectLocation place,
      Optional<ObjectSnapshot> standing,
      byte[] bytes,
      ObjectAttributes attributes,
      Optional<Provenance> stamp) {
    ByteBuffer content = ByteBuffer.wrap(bytes);
    world.monitor().userWrites(bytes);
    store.put(
        new PutRequest(
            place,
            content,
            Crc32c.of(content),
            attributes,
            stamp,
            standing
                .map(s -> WriteCondition.ifUnchanged(s.version()))
                .orElseGet(WriteCondition::ifAbsent),
            Placement.DEFAULT));
  }
}
