package dev.twinbucket.local.gcs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The buckets and what every operation does to them. Each operation is atomic and strongly
 * consistent; its changes are announced after it took effect and before it returns.
 *
 * @see <a href="https://cloud.google.com/storage/docs/consistency">Consistency</a>
 * @see <a href="https://cloud.google.com/storage/docs/object-versioning">Object versioning</a>
 */
final class ObjectStore {

  private static final Duration MUTATION_INTERVAL = Duration.ofSeconds(1);

  private final Clock clock;
  private final boolean limitMutationRate;
  private final Consumer<ObjectChange> announce;
  private final ReentrantLock lock = new ReentrantLock();
  private final NavigableMap<String, Bucket> buckets = new TreeMap<>();
  private final Map<List<String>, Instant> lastMutations = new HashMap<>();
  private long lastGeneration;

  /**
   * @param limitMutationRate whether a second mutation of one object within a second is refused
   * @param announce is told every change, in the thread that made it, without a lock held
   */
  ObjectStore(Clock clock, boolean limitMutationRate, Consumer<ObjectChange> announce) {
    this.clock = clock;
    this.limitMutationRate = limitMutationRate;
    this.announce = announce;
  }

  void clear() {
    locked(
        () -> {
          buckets.clear();
          lastMutations.clear();
          return true;
        });
  }

  BucketState createBucket(String name, BucketSettings settings) {
    return locked(
        () -> {
          if (buckets.containsKey(name)) {
            throw GcsError.conflict(
                "BucketAlreadyOwnedByYou",
                "Your previous request to create the named bucket succeeded and you already own"
                    + " it.");
          }
          Bucket bucket = new Bucket(name, settings, clock.instant());
          buckets.put(name, bucket);
          return BucketState.of(bucket);
        });
  }

  BucketState changeBucket(String name, UnaryOperator<BucketSettings> change) {
    return locked(
        () -> {
          Bucket bucket = require(name);
          bucket.change(change.apply(bucket.settings()), clock.instant());
          return BucketState.of(bucket);
        });
  }

  BucketState bucket(String name) {
    return locked(() -> BucketState.of(require(name)));
  }

  List<BucketState> listBuckets() {
    return locked(() -> buckets.values().stream().map(BucketState::of).toList());
  }

  void deleteBucket(String name) {
    locked(
        () -> {
          if (!require(name).isEmpty()) {
            throw GcsError.conflict(
                "BucketNotEmpty", "The bucket you tried to delete is not empty.");
          }
          return buckets.remove(name);
        });
  }

  Listing list(String bucket, Listing.Query query) {
    return locked(() -> Listing.of(require(bucket), query));
  }

  /** The live object or the given generation; 404 if there is none. */
  StoredObject get(String bucket, String name, OptionalLong generation) {
    return locked(() -> find(require(bucket), name, generation));
  }

  Optional<StoredObject> live(String bucket, String name) {
    return locked(() -> require(bucket).live(name));
  }

  StoredObject put(String bucket, String name, NewObject object, Preconditions conditions) {
    ObjectNames.require(name);
    return mutate(
        changes -> {
          Bucket home = require(bucket);
          conditions.requireForWrite(home.live(name));
          throttle(bucket, name);
          return store(home, name, object, changes);
        });
  }

  /** Fails as {@link #put} would now, and changes nothing. */
  void requirePut(String bucket, String name, Preconditions conditions) {
    ObjectNames.require(name);
    locked(
        () -> {
          conditions.requireForWrite(require(bucket).live(name));
          return true;
        });
  }

  StoredObject change(
      String bucket,
      String name,
      OptionalLong generation,
      Preconditions conditions,
      UnaryOperator<ObjectAttributes> change) {
    return mutate(
        changes -> {
          Bucket home = require(bucket);
          StoredObject old = find(home, name, generation);
          conditions.requireForWrite(Optional.of(old));
          throttle(bucket, name);
          Instant now = clock.instant();
          StoredObject updated = old.withAttributes(change.apply(old.attributes()), now);
          home.replace(old, updated);
          changes.add(ObjectChange.of(GcsEventType.METADATA_UPDATE, updated, now));
          return updated;
        });
  }

  /**
   * Without a generation the live object goes, and stays as noncurrent in a versioned bucket. With
   * one, that generation goes for good.
   */
  void delete(String bucket, String name, OptionalLong generation, Preconditions conditions) {
    mutate(
        changes -> {
          Bucket home = require(bucket);
          StoredObject old = find(home, name, generation);
          conditions.requireForWrite(Optional.of(old));
          throttle(bucket, name);
          retire(home, old, home.settings().versioning() && generation.isEmpty(), changes);
          return true;
        });
  }

  /**
   * Renames inside a bucket, in one step.
   *
   * @see <a href="https://cloud.google.com/storage/docs/json_api/v1/objects/move">Objects: move</a>
   */
  StoredObject move(
      String bucket, String from, String to, Preconditions destination, Preconditions source) {
    ObjectNames.require(to);
    if (from.equals(to)) {
      throw GcsError.invalid("The source and destination object names must be different.");
    }
    return mutate(
        changes -> {
          Bucket home = require(bucket);
          StoredObject old = find(home, from, OptionalLong.empty());
          source.requireForWrite(Optional.of(old));
          destination.requireForWrite(home.live(to));
          throttle(bucket, from);
          throttle(bucket, to);
          StoredObject moved = store(home, to, NewObject.copyOf(old, old.attributes()), changes);
          retire(home, old, home.settings().versioning(), changes);
          return moved;
        });
  }

  private StoredObject store(
      Bucket home, String name, NewObject object, List<ObjectChange> changes) {
    Instant now = clock.instant();
    StoredObject stored =
        new StoredObject(
            home.name(),
            name,
            nextGeneration(now),
            1,
            object
                .attributes()
                .withDefault("storageClass", Optional.of(home.settings().storageClass())),
            object.content(),
            object.md5(),
            object.componentCount(),
            now,
            now,
            Optional.empty());
    Optional<StoredObject> replaced = home.live(name);
    changes.add(
        replaced
            .map(old -> ObjectChange.finalizeOver(stored, old.generation(), now))
            .orElseGet(() -> ObjectChange.of(GcsEventType.FINALIZE, stored, now)));
    if (replaced.isPresent()) {
      StoredObject old = replaced.get().noncurrent(now);
      boolean kept = home.settings().versioning();
      if (kept) {
        home.replace(replaced.get(), old);
      } else {
        home.remove(replaced.get());
      }
      changes.add(
          ObjectChange.overwritten(
              kept ? GcsEventType.ARCHIVE : GcsEventType.DELETE, old, stored.generation(), now));
    }
    home.add(stored);
    return stored;
  }

  private void retire(Bucket home, StoredObject old, boolean keep, List<ObjectChange> changes) {
    Instant now = clock.instant();
    StoredObject gone = old.isLive() ? old.noncurrent(now) : old;
    if (keep) {
      home.replace(old, gone);
    } else {
      home.remove(old);
    }
    changes.add(ObjectChange.of(keep ? GcsEventType.ARCHIVE : GcsEventType.DELETE, gone, now));
  }

  /** Generations look like microseconds since 1970 and grow strictly, whatever the clock does. */
  private long nextGeneration(Instant now) {
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    lastGeneration = Math.max(lastGeneration + 1, micros);
    return lastGeneration;
  }

  private void throttle(String bucket, String name) {
    if (!limitMutationRate) {
      return;
    }
    Instant now = clock.instant();
    List<String> key = List.of(bucket, name);
    Instant last = lastMutations.get(key);
    if (last != null && now.isBefore(last.plus(MUTATION_INTERVAL))) {
      throw GcsError.tooManyMutations(bucket, name);
    }
    lastMutations.put(key, now);
  }

  private Bucket require(String name) {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw GcsError.noSuchBucket();
    }
    return bucket;
  }

  private static StoredObject find(Bucket home, String name, OptionalLong generation) {
    return home.find(name, generation).orElseThrow(() -> GcsError.noSuchObject(home.name(), name));
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  private <T> T mutate(Mutation<T> mutation) {
    List<ObjectChange> changes = new ArrayList<>();
    T result = locked(() -> mutation.apply(changes));
    changes.forEach(announce);
    return result;
  }

  @FunctionalInterface
  private interface Mutation<T> {
    T apply(List<ObjectChange> changes);
  }
}
