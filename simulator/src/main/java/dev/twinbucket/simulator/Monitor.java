package dev.twinbucket.simulator;

import dev.twinbucket.event.EventType;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.Observation;
import dev.twinbucket.rule.ConflictPolicy;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.store.ListPage;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.memory.Flavour;
import dev.twinbucket.store.memory.InMemoryObjectStore;
import dev.twinbucket.store.memory.Mutation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Watches every change, and says in the end what was wrong. Its numbers are those of the invariants
 * in docs/simulator.md.
 */
final class Monitor {
  private final Scenario scenario;
  private final InMemoryObjectStore left;
  private final InMemoryObjectStore right;
  private final Map<Crc32c, byte[]> contents = new HashMap<>();
  private final Map<String, History> histories = new LinkedHashMap<>();
  private final List<String> violations = new ArrayList<>();
  private final List<Unseen> mustBeRecoverable = new ArrayList<>();
  private final Set<Unseen> forgotten = new HashSet<>();
  private boolean workersStarted;
  private boolean functionsRun;
  private boolean notificationsLost;

  Monitor(Scenario scenario, InMemoryObjectStore left, InMemoryObjectStore right) {
    this.scenario = scenario;
    this.left = left;
    this.right = right;
  }

  private record Unseen(SideName side, ObjectLocation location, Crc32c crc) {}

  private static final class History {
    private final Set<Version> written = new HashSet<>();
    private final Map<SideName, Map<Version, Integer>> placedAt = new EnumMap<>(SideName.class);
    private final Map<SideName, List<ObjectSnapshot>> once = new EnumMap<>(SideName.class);
    private Undisturbed undisturbed;
    private int userChanges;
    private int workerChanges;
    private int deletedAt = -1;
    private Optional<Version> last = Optional.empty();
    private boolean lastIsOrdered;
    private boolean expired;
    private boolean carriedDeletion;
    private boolean meddled;

    History(Undisturbed undisturbed) {
      this.undisturbed = undisturbed;
      for (SideName side : SideName.values()) {
        placedAt.put(side, new HashMap<>());
        once.put(side, new ArrayList<>());
      }
    }

    void stands(SideName side, ObjectSnapshot object, boolean seen, boolean replica) {
      once.get(side).add(object);
      if (seen) {
        // A replica is as old as what it was made from, and of no known age if that was not told
        // apart.
        Version version = Version.of(object);
        Optional<Integer> at =
            replica
                ? Optional.ofNullable(placedAt.get(side.other()).get(version))
                : Optional.of(userChanges);
        at.ifPresent(age -> placedAt.get(side).put(version, age));
      }
    }

    void describe(StringBuilder text) {
      text.append(written.stream().map(Version::toString).sorted().toList())
          .append(placedAt.entrySet().stream().map(Object::toString).sorted().toList())
          .append(once)
          .append(userChanges)
          .append(' ')
          .append(workerChanges)
          .append(' ')
          .append(deletedAt)
          .append(carriedDeletion)
          .append(last)
          .append(lastIsOrdered);
      undisturbed.describe(text);
    }

    boolean wasShown(SideName side, Crc32c crc) {
      return once.get(side).stream().anyMatch(old -> old.crc().equals(Optional.of(crc)));
    }
  }

  void userWrites(byte[] bytes) {
    contents.put(Crc32c.of(ByteBuffer.wrap(bytes)), bytes);
  }

  byte[] bytesOf(ObjectSnapshot object) {
    return contents.get(object.crc().orElseThrow()).clone();
  }

  /** Everything that ever stood there. */
  List<ObjectSnapshot> onceAt(SideName side, String name) {
    return history(name).once.get(side);
  }

  /** What a user deletes for good need not be recoverable. */
  void userForgets(SideName side, ObjectSnapshot gone) {
    forgotten.add(new Unseen(side, gone.location(), gone.crc().orElseThrow()));
  }

  /**
   * To be called before a user acts.
   *
   * @param quiet whether nothing at all is under way
   * @param running whether functions run
   */
  void userActs(boolean quiet, boolean running) {
    functionsRun = running;
    if (quiet) {
      workersStarted = false;
      histories.forEach((name, history) -> history.undisturbed = undisturbed(name));
    }
  }

  void workerStarts() {
    workersStarted = true;
  }

  void lost() {
    notificationsLost = true;
    histories.values().forEach(history -> history.undisturbed.tangle());
  }

  /** A function ended as none may. */
  void unforeseen(String how) {
    violations.add("I7: a function ended with " + how);
  }

  void saw(SideName side, Mutation change, boolean byWorker, Optional<EventType> said) {
    History history = history(change.location().key());
    if (byWorker) {
      sawWorker(side, change, history);
    } else {
      sawUser(side, change, history, said);
    }
    boolean seen =
        byWorker
            ? !isMasked(side, change, true, history)
            : !isMasked(side, change, false, history)
                && !isOurs(side, change)
                && said.isEmpty() // what is undeleted is the version that it was, as in the base
                && (scenario.isSource(side) || isForeign(change));
    change.after().ifPresent(after -> history.stands(side, after, seen, byWorker));
  }

  private void sawUser(SideName side, Mutation change, History history, Optional<EventType> said) {
    history.userChanges++;
    if (!scenario.isSource(side)) {
      meddled(change, history);
      return;
    }
    history.last = change.after().map(Version::of);
    history.last.ifPresent(history.written::add);
    // What is undeleted comes back with its old time, and may lose to what is newer.
    boolean same = change.before().map(Version::of).equals(change.after().map(Version::of));
    history.lastIsOrdered =
        !same && !isMasked(side, change, false, history) && said.isEmpty() && !isOurs(side, change);
    boolean expires = said.filter(type -> type == EventType.EXPIRED).isPresent();
    if (expires && scenario.keepsExpired()) {
      history.expired = true;
      history.undisturbed.tangle();
    } else if (change.after().isEmpty()) {
      history.deletedAt = history.userChanges;
    }
    if (workersStarted || (isNameless(side) && isOurs(side, change))) {
      history.undisturbed.tangle();
    }
    history.undisturbed.becomes(side, store(side).observe(change.location()));
  }

  /** A change on a one-way rule's destination: no version of the source, and not to last. */
  private static void meddled(Mutation change, History history) {
    change.after().map(Version::of).ifPresent(history.written::add);
    history.meddled = true;
    history.undisturbed.tangle();
  }

  /**
   * S3's conditions compare the ETag, which is the bytes' alone: what anybody does between a
   * function's look and its commit goes unseen if the bytes are again those that were looked at. No
   * bytes can be lost by that, and no client can prevent it.
   */
  private boolean isMasked(SideName side, Mutation change, boolean byWorker, History history) {
    return side == SideName.LEFT
        && (byWorker || functionsRun)
        && change
            .after()
            .flatMap(ObjectSnapshot::crc)
            .filter(crc -> history.wasShown(side, crc))
            .isPresent();
  }

  /**
   * What a user brings back of a function's write, stamp and all, before that function or the one
   * after it has recorded the write, cannot be told from it.
   */
  private boolean isOurs(SideName side, Mutation change) {
    boolean stamped = change.after().flatMap(ObjectSnapshot::provenance).isPresent();
    return stamped && (!scenario.isCalm() || isNameless(side));
  }

  /** Whether writes there have no name of their own, so that equal ones cannot be told apart. */
  private boolean isNameless(SideName side) {
    return side == SideName.LEFT && scenario.left() == Flavour.S3;
  }

  /** Whether what was written on a destination is none of our replicas any more. */
  private boolean isForeign(Mutation change) {
    return change
        .after()
        .filter(
            after ->
                after
                    .provenance()
                    .filter(stamp -> stamp.crc().equals(after.crc().orElseThrow()))
                    .filter(stamp -> stamp.names(counterpart(after.location())))
                    .isEmpty())
        .isPresent();
  }

  private ObjectLocation counterpart(ObjectLocation location) {
    return (location.bucket().equals(World.LEFT) ? World.RIGHT : World.LEFT).object(location.key());
  }

  private void sawWorker(SideName side, Mutation change, History history) {
    history.workerChanges++;
    history.carriedDeletion |= change.after().isEmpty();
    if (scenario.isShadow()) {
      violations.add("a rule in shadow mode wrote");
    }
    change
        .after()
        .map(Version::of)
        .filter(version -> !history.written.contains(version))
        .ifPresent(_ -> violations.add("I3: a version became visible that nobody wrote"));
    change
        .before()
        .map(Version::of)
        .filter(gone -> !change.after().map(Version::of).equals(Optional.of(gone)))
        .ifPresent(gone -> sawGoing(side, change, history, gone));
  }

  private void sawGoing(SideName side, Mutation change, History history, Version gone) {
    int placed = history.placedAt.get(side).getOrDefault(gone, -1);
    // Where a deletion beats an update, it takes the update with it.
    int justified = scenario.rule().updateBeatsDelete() ? history.deletedAt : history.userChanges;
    boolean ambiguous = history.expired; // an older deletion's late hint speaks for the expiry
    if (change.after().isEmpty() && !ambiguous && (history.deletedAt < 0 || justified < placed)) {
      violations.add("I5: deleted what no user had deleted");
    }
    boolean bytesStay =
        change.after().map(Version::of).filter(after -> after.crc().equals(gone.crc())).isPresent();
    if (!bytesStay && scenario.isTwoWay() && !history.wasShown(side.other(), gone.crc())) {
      mustBeRecoverable.add(new Unseen(side, change.location(), gone.crc()));
    }
  }

  /**
   * To be called when everything has come to rest.
   *
   * @param remembered whether the state store has a row for a name
   */
  List<String> verdict(Predicate<String> remembered) {
    histories.forEach(this::judge);
    histories.forEach(
        (name, history) -> {
          if (scenario.isTwoWay() && history.carriedDeletion && !remembered.test(name)) {
            violations.add("nobody remembers that " + name + " was deleted");
          }
        });
    for (Unseen unseen : mustBeRecoverable) {
      if (!forgotten.contains(unseen) && !isRecoverable(unseen)) {
        violations.add("a conflict's loser cannot be had back: " + unseen.location());
      }
    }
    return List.copyOf(violations);
  }

  private void judge(String name, History history) {
    // Without a claim, functions that overlap on a one-way rule may write the same replica twice.
    boolean counted = scenario.isTwoWay() && scenario.isClean();
    if (counted && history.workerChanges > history.userChanges) {
      violations.add(
          "I4: %d writes for %d by users".formatted(history.workerChanges, history.userChanges));
    }
    if (scenario.isShadow()) {
      return;
    }
    Optional<Version> l = left.observe(World.LEFT.object(name)).object().map(Version::of);
    Optional<Version> r = right.observe(World.RIGHT.object(name)).object().map(Version::of);
    if (!l.equals(r)) {
      if (!mayDiffer(history, l) && !isForeignAlone(history, l, r)) {
        violations.add("I1, I2: " + name + " is not equal on both sides");
      }
      return;
    }
    if (history.last.isPresent() && isLastToWin(history) && !l.equals(history.last)) {
      violations.add("the last write of " + name + " is lost");
    }
    history
        .undisturbed
        .result()
        .filter(result -> !result.equals(l))
        .ifPresent(_ -> violations.add("the wrong version of " + name + " won"));
  }

  /**
   * Where expiries are kept from the other side, it takes a deletion's own notification to tell
   * that it was none; on a one-way rule that may have been used up before a copy landed whose
   * function then died.
   */
  private boolean mayDiffer(History history, Optional<Version> onLeft) {
    if (!scenario.keepsExpired()) {
      return false;
    }
    boolean orphaned = !scenario.isTwoWay() && !scenario.isCalm();
    boolean expired =
        history.expired && (onLeft.isEmpty() || !scenario.direction().copiesFrom(SideName.LEFT));
    return expired || orphaned || notificationsLost;
  }

  /** What users put on a destination stays if the source has nothing of that name. */
  private boolean isForeignAlone(
      History history, Optional<Version> onLeft, Optional<Version> onRight) {
    Optional<Version> source = scenario.isSource(SideName.LEFT) ? onLeft : onRight;
    return history.meddled && source.isEmpty();
  }

  private boolean isLastToWin(History history) {
    if (!history.lastIsOrdered) {
      return false;
    }
    return !scenario.isTwoWay()
        || (scenario.skew().isZero()
            && !scenario.hurried()
            && scenario.rule().conflict() == ConflictPolicy.NEWEST
            && scenario.rule().updateBeatsDelete());
  }

  private boolean isRecoverable(Unseen unseen) {
    InMemoryObjectStore store = store(unseen.side());
    boolean noncurrent =
        store.noncurrent(unseen.location()).stream()
            .anyMatch(old -> old.crc().equals(Optional.of(unseen.crc())));
    return noncurrent || keptAsCopy(store, unseen);
  }

  private boolean keptAsCopy(InMemoryObjectStore store, Unseen unseen) {
    BucketLocation bucket = unseen.location().bucket();
    ListPage kept = store.list(ListRequest.first(bucket, Rule.RESERVED_PREFIX + "conflicts/"));
    return kept.objects().stream()
        .map(listed -> store.observe(bucket.object(listed.key())).object().orElseThrow())
        .anyMatch(copy -> copy.crc().equals(Optional.of(unseen.crc())));
  }

  private History history(String name) {
    return histories.computeIfAbsent(name, _ -> new History(unwritten(name)));
  }

  /** A name that is heard of for the first time: nothing stood there, whatever was under way. */
  private Undisturbed unwritten(String name) {
    Undisturbed undisturbed =
        new Undisturbed(
            scenario,
            new Observation.Absent(World.LEFT.object(name)),
            new Observation.Absent(World.RIGHT.object(name)));
    return undisturbed;
  }

  private Undisturbed undisturbed(String name) {
    Undisturbed undisturbed =
        new Undisturbed(
            scenario,
            left.observe(World.LEFT.object(name)),
            right.observe(World.RIGHT.object(name)));
    if (notificationsLost) {
      undisturbed.tangle();
    }
    return undisturbed;
  }

  /** Everything that its verdict depends on. */
  void describe(StringBuilder text) {
    text.append(violations)
        .append(mustBeRecoverable)
        .append(forgotten)
        .append(workersStarted)
        .append(notificationsLost);
    histories.forEach((name, history) -> history.describe(text.append(name)));
  }

  private InMemoryObjectStore store(SideName side) {
    return side == SideName.LEFT ? left : right;
  }
}
