package dev.twinbucket.simulator;

import dev.twinbucket.event.EventType;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.store.AttributesUpdate;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.store.memory.InMemoryObjectStore;
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

  int left() {
    return left;
  }

  List<String> names() {
    return NAMES.subList(0, scenario.names());
  }

  /** One operation; unless users are hurried, a second or more after the one before. */
  void act(boolean quiet, boolean running) {
    left--;
    world.clock().advance(pause());
    SideName side = side();
    ObjectLocation place = World.bucket(side).object(names().get(tape.choose(scenario.names())));
    world.monitor().userActs(quiet, running);
    Optional<ObjectSnapshot> standing = world.store(side).observe(place).object();
    if (standing.isEmpty()) {
      appear(side, place);
    } else {
      change(side, standing.get());
    }
  }

  private Duration pause() {
    if (scenario.isEnumerated()) {
      return Duration.ofSeconds(1);
    }
    return Duration.ofMillis(
        scenario.hurried() ? 50 + 200L * tape.choose(4) : 1100 + 300L * tape.choose(4));
  }

  private void appear(SideName side, ObjectLocation place) {
    if (scenario.isEnumerated()) {
      putFresh(side, place, Optional.empty());
      return;
    }
    switch (tape.choose(5)) {
      case 1, 2, 3 -> bringBack(side, place, Optional.empty());
      case 4 -> undelete(side, place);
      default -> putFresh(side, place, Optional.empty());
    }
  }

  private void change(SideName side, ObjectSnapshot standing) {
    ObjectLocation place = standing.location();
    switch (scenario.isEnumerated() ? 1 + tape.choose(2) : tape.choose(10)) {
      case 2, 3 -> delete(side, standing);
      case 4 -> retouch(side, standing);
      case 5 -> bringBack(side, place, Optional.of(standing));
      case 6 -> overwriteKeepingMetadata(side, standing);
      case 7 -> copyElsewhere(side, standing);
      case 8 -> deleteNoncurrent(side, standing);
      case 9 -> expire(side, standing);
      default -> putFresh(side, place, Optional.of(standing));
    }
  }

  private SideName side() {
    if (scenario.isTwoWay()) {
      return tape.choose(2) == 0 ? SideName.LEFT : SideName.RIGHT;
    }
    SideName source = scenario.isSource(SideName.LEFT) ? SideName.LEFT : SideName.RIGHT;
    return scenario.trouble().meddling() && tape.choose(3) == 2 ? source.other() : source;
  }

  /** All contents are of one size: only their bytes tell them apart. */
  private byte[] fresh() {
    contents++;
    return "content-%03d".formatted(contents).getBytes(StandardCharsets.US_ASCII);
  }

  private void putFresh(SideName side, ObjectLocation place, Optional<ObjectSnapshot> standing) {
    put(side, place, standing, fresh(), ObjectAttributes.NONE, Optional.empty());
  }

  private void delete(SideName side, ObjectSnapshot standing) {
    world.store(side).delete(standing.location(), WriteCondition.ifUnchanged(standing.version()));
  }

  /** The bucket's lifecycle deletes; GCS does not say so, and there it is like any deletion. */
  private void expire(SideName side, ObjectSnapshot standing) {
    if (!world.flavour(side).isGoogle()) {
      world.saidToBe(EventType.EXPIRED);
    }
    delete(side, standing);
  }

  /**
   * Changes the metadata and keeps the stamp, as every tool does that changes an object in place.
   */
  private void retouch(SideName side, ObjectSnapshot object) {
    contents++;
    ObjectAttributes changed =
        new ObjectAttributes(SystemHeaders.NONE, Map.of("touched", "t" + contents), Map.of());
    world
        .store(side)
        .updateAttributes(
            new AttributesUpdate(object, changed, object.provenance(), Placement.DEFAULT));
  }

  /** Writes new bytes under all the metadata that was there, the stamp among it. */
  private void overwriteKeepingMetadata(SideName side, ObjectSnapshot object) {
    put(
        side,
        object.location(),
        Optional.of(object),
        fresh(),
        object.attributes(),
        object.provenance());
  }

  /** Writes what once stood there, with the metadata and the stamp that it had. */
  private void bringBack(SideName side, ObjectLocation place, Optional<ObjectSnapshot> standing) {
    List<ObjectSnapshot> older = world.monitor().onceAt(side, place.key());
    if (older.isEmpty()) {
      putFresh(side, place, standing);
      return;
    }
    ObjectSnapshot old = older.get(tape.choose(older.size()));
    put(side, place, standing, world.monitor().bytesOf(old), old.attributes(), old.provenance());
  }

  /** On a versioned S3 bucket a deletion is taken back by deleting the marker that it left. */
  private void undelete(SideName side, ObjectLocation place) {
    InMemoryObjectStore store = world.store(side);
    if (world.flavour(side).isGoogle() || store.noncurrent(place).isEmpty()) {
      bringBack(side, place, Optional.empty());
      return;
    }
    world.saidToBe(EventType.DELETED);
    store.undelete(place);
  }

  private void deleteNoncurrent(SideName side, ObjectSnapshot standing) {
    InMemoryObjectStore store = world.store(side);
    List<ObjectSnapshot> older = store.noncurrent(standing.location());
    if (older.isEmpty()) {
      delete(side, standing);
      return;
    }
    ObjectSnapshot gone = older.get(tape.choose(older.size()));
    store.deleteNoncurrent(standing.location(), gone.version());
    world.monitor().userForgets(side, gone);
    world.changedNoncurrent(side, gone);
  }

  /** Copies an object to the other name, with all its metadata, the stamp included. */
  private void copyElsewhere(SideName side, ObjectSnapshot object) {
    int other = (names().indexOf(object.location().key()) + 1) % names().size();
    ObjectLocation target = World.bucket(side).object(names().get(other));
    put(
        side,
        target,
        world.store(side).observe(target).object(),
        world.monitor().bytesOf(object),
        object.attributes(),
        object.provenance());
  }

  private void put(
      SideName side,
      ObjectLocation place,
      Optional<ObjectSnapshot> standing,
      byte[] bytes,
      ObjectAttributes attributes,
      Optional<Provenance> stamp) {
    ByteBuffer content = ByteBuffer.wrap(bytes);
    world.monitor().userWrites(bytes);
    world
        .store(side)
        .put(
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
