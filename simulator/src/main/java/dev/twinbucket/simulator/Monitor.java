package dev.twinbucket.simulator;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.rule.Direction;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.store.ListPage;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.memory.InMemoryObjectStore;
import dev.twinbucket.store.memory.Mutation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Watches every change, and says in the end what was wrong. Its numbers are those of the invariants
 * in docs.
 */
final class Monitor {
  private final Scenario scenario;
  private final InMemoryObjectStore left;
  private final InMemoryObjectStore right;
  private final Map<Crc32c, byte[]> contents = new HashMap<>();
  private final Map<String, History> histories = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private final List<Unseen> mustBeRecoverable = new ArrayList<>();

  Monitor(Scenario scenario, InMemoryObjectStore left, InMemoryObjectStore right) {
    this.scenario = scenario;
    this.left = left;
    this.right = right;
  }

  /** One whole version: the bytes by their checksum, and the attributes. */
  private record Version(Crc32c crc, String attributes) {
    static Version of(ObjectSnapshot object) {
      return new Version(object.crc().orElseThrow(), object.attributes().digest());
    }
  }

  private record Unseen(SideName side, ObjectLocation location, Version version) {}

  private static final class History {
    private final Map<Version, Integer> writtenAt = new HashMap<>();
    private final Map<SideName, Set<Version>> shown = new HashMap<>();
    private int userChanges;
    private int workerChanges;
    private int deletedAt = -1;
    private Optional<Version> last = Optional.empty();
    private boolean lastWasCleanDelete;
    private boolean lastIsMasked;
  }

  void userWrites(byte[] bytes) {
    contents.put(Crc32c.of(ByteBuffer.wrap(bytes)), bytes);
  }

  byte[] bytesOf(ObjectSnapshot object) {
    return contents.get(object.crc().orElseThrow()).clone();
  }

  /** Called before a user deletes; {@code quiet} says that nothing at all is under way. */
  void userDeletes(SideName side, ObjectSnapshot object, boolean quiet) {
    Optional<ObjectSnapshot> across =
        store(side.other()).observe(bucket(side.other()).object(object.location().key())).object();
    history(object.location().key()).lastWasCleanDelete =
        quiet && across.map(Version::of).equals(Optional.of(Version.of(object)));
  }

  void saw(SideName side, Mutation change, boolean byWorker) {
    History history = history(change.location().key());
    change
        .after()
        .ifPresent(
            after ->
                history.shown.computeIfAbsent(side, _ -> new HashSet<>()).add(Version.of(after)));
    if (byWorker) {
      sawWorker(side, change, history);
      return;
    }
    history.userChanges++;
    history.last = change.after().map(Version::of);
    history.lastIsMasked = isMasked(side, change);
    if (change.after().isPresent()) {
      history.lastWasCleanDelete = false;
      int at = history.lastIsMasked ? 0 : history.userChanges;
      history.writtenAt.merge(history.last.orElseThrow(), at, Math::max);
    } else {
      history.deletedAt = history.userChanges;
    }
  }

  /**
   * S3's conditions compare the ETag, which is the bytes' alone: writing equal bytes again, or
   * changing the metadata, between a function's look and its commit goes unseen. No bytes can be
   * lost by that, and no client can prevent it.
   */
  private static boolean isMasked(SideName side, Mutation change) {
    return side == SideName.LEFT
        && change.before().isPresent()
        && change
            .after()
            .flatMap(ObjectSnapshot::crc)
            .equals(change.before().flatMap(ObjectSnapshot::crc));
  }

  private void sawWorker(SideName side, Mutation change, History history) {
    history.workerChanges++;
    change
        .after()
        .map(Version::of)
        .filter(version -> !history.writtenAt.containsKey(version))
        .ifPresent(_ -> violations.add("I3: a version became visible that nobody wrote"));
    change
        .before()
        .map(Version::of)
        .filter(gone -> !change.after().map(Version::of).equals(Optional.of(gone)))
        .ifPresent(gone -> sawGoing(side, change, history, gone));
  }

  private void sawGoing(SideName side, Mutation change, History history, Version gone) {
    if (change.after().isEmpty() && history.deletedAt < history.writtenAt.getOrDefault(gone, -1)) {
      violations.add("I5: deleted what no user had deleted");
    }
    boolean bytesStay =
        change.after().map(Version::of).filter(after -> after.crc().equals(gone.crc())).isPresent();
    boolean seenAcross =
        history.shown.getOrDefault(side.other(), Set.of()).stream()
            .anyMatch(version -> version.crc().equals(gone.crc()));
    if (!bytesStay && !seenAcross && scenario.direction() == Direction.TWO_WAY) {
      mustBeRecoverable.add(new Unseen(side, change.location(), gone));
    }
  }

  /** To be called when everything has come to rest. */
  List<String> verdict(List<String> names) {
    names.forEach(this::judge);
    for (Unseen unseen : mustBeRecoverable) {
      if (!isRecoverable(unseen)) {
        violations.add("a conflict's loser cannot be had back: " + unseen.location());
      }
    }
    return List.copyOf(violations);
  }

  private void judge(String name) {
    History history = history(name);
    Optional<Version> l = left.observe(World.LEFT.object(name)).object().map(Version::of);
    Optional<Version> r = right.observe(World.RIGHT.object(name)).object().map(Version::of);
    if (!l.equals(r)) {
      violations.add("I1, I2: " + name + " is not equal on both sides");
      return;
    }
    boolean ordered = scenario.direction() != Direction.TWO_WAY || scenario.skew().isZero();
    if (history.last.isPresent() && ordered && !history.lastIsMasked && !l.equals(history.last)) {
      violations.add("the last write of " + name + " is lost");
    }
    if (history.lastWasCleanDelete && l.isPresent()) {
      violations.add("a deletion of " + name + " was undone");
    }
    // Without a claim, functions that overlap on a one-way rule may write the same replica twice.
    boolean claimed = scenario.direction() == Direction.TWO_WAY;
    if (claimed && scenario.isClean() && history.workerChanges > history.userChanges) {
      violations.add(
          "I4: %d writes for %d by users".formatted(history.workerChanges, history.userChanges));
    }
  }

  private boolean isRecoverable(Unseen unseen) {
    InMemoryObjectStore store = store(unseen.side());
    boolean noncurrent =
        store.noncurrent(unseen.location()).stream()
            .anyMatch(old -> old.crc().equals(Optional.of(unseen.version().crc())));
    return noncurrent || keptAsCopy(store, unseen);
  }

  private boolean keptAsCopy(InMemoryObjectStore store, Unseen unseen) {
    BucketLocation bucket = unseen.location().bucket();
    ListPage kept = store.list(ListRequest.first(bucket, Rule.RESERVED_PREFIX + "conflicts/"));
    return kept.objects().stream()
        .map(listed -> store.observe(bucket.object(listed.key())).object().orElseThrow())
        .anyMatch(copy -> copy.crc().equals(Optional.of(unseen.version().crc())));
  }

  private History history(String name) {
    return histories.computeIfAbsent(name, _ -> new History());
  }

  private InMemoryObjectStore store(SideName side) {
    return side == SideName.LEFT ? left : right;
  }

  private static BucketLocation bucket(SideName side) {
    return World.bucket(side);
  }
}
