package dev.twinbucket.store.memory;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.store.AttributesUpdate;
import dev.twinbucket.store.Capabilities;
import dev.twinbucket.store.ListPage;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A whole object store in memory, which keeps every promise of the port: atomic writes, conditions,
 * checksums, listings in order. Equal calls at equal times give equal versions, so that a
 * simulation can be run again.
 */
public final class InMemoryObjectStore implements ObjectStore {
  private static final Set<String> ARCHIVED = Set.of("GLACIER", "DEEP_ARCHIVE");
  private static final String STANDARD = "STANDARD";

  private final Flavour flavour;
  private final Clock clock;
  private final Consumer<Mutation> listener;
  private final Naming naming;
  private final Map<BucketLocation, MemoryBucket> buckets = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** A store without buckets whose changes nobody listens to. */
  public InMemoryObjectStore(Flavour flavour, Clock clock) {
    this(flavour, clock, change -> {});
  }

  /**
   * A store without buckets.
   *
   * @param listener hears of every change in the order in which they happened, before the call that
   *     made it returns; it must not call the store
   */
  public InMemoryObjectStore(Flavour flavour, Clock clock, Consumer<Mutation> listener) {
    this.flavour = flavour;
    this.clock = clock;
    this.listener = listener;
    this.naming = new Naming(flavour);
  }

  /** Makes an empty bucket; one that is there stays as it is. */
  public void createBucket(BucketLocation bucket) {
    lock.lock();
    try {
      buckets.putIfAbsent(bucket, new MemoryBucket());
    } finally {
      lock.unlock();
    }
  }

  /** What was overwritten or deleted in a versioned flavour, oldest first. */
  public List<ObjectSnapshot> noncurrent(ObjectLocation location) {
    lock.lock();
    try {
      return bucket(location.bucket()).noncurrent(location.key());
    } finally {
      lock.unlock();
    }
  }

  /** Makes an archived object's bytes readable, as a finished restore does. */
  public void restore(ObjectLocation location) {
    lock.lock();
    try {
      StoredObject object = require(location);
      bucket(location.bucket()).put(location.key(), object.as(readable(object.snapshot())));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true, true, true, false, Integer.MAX_VALUE);
  }

  @Override
  public Observation observe(ObjectLocation location) {
    lock.lock();
    try {
      return bucket(location.bucket())
          .find(location.key())
          .<Observation>map(object -> new Observation.Present(object.snapshot()))
          .orElseGet(() -> new Observation.Absent(location));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ObjectContent read(ReadRequest request) {
    lock.lock();
    try {
      StoredObject object = require(request.location());
      ObjectSnapshot snapshot = object.snapshot();
      if (request.pin().isPresent() && !naming.sameBytes(request.pin().get(), snapshot.version())) {
        throw changed(request.location());
      }
      if (!snapshot.readable()) {
        throw new StoreException.Archived(request.location() + " is archived", null);
      }
      long length = request.length() == ReadRequest.TO_THE_END ? Long.MAX_VALUE : request.length();
      return new ObjectContent(snapshot, object.open(request.offset(), length), () -> {});
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ObjectVersion put(PutRequest request) {
    byte[] bytes = new byte[request.content().remaining()];
    request.content().duplicate().get(bytes);
    Crc32c crc = Crc32c.of(ByteBuffer.wrap(bytes));
    ObjectLocation location = request.location();
    KeyRules.check(flavour, location.key());
    lock.lock();
    try {
      MemoryBucket bucket = bucket(location.bucket());
      Optional<StoredObject> before = bucket.find(location.key());
      check(location, request.condition(), before);
      if (!crc.equals(request.crc())) {
        throw new StoreException.IntegrityMismatch(
            location + ": " + crc + " arrived where " + request.crc() + " was announced", null);
      }
      Instant now = clock.instant();
      String md5 = md5(bytes);
      ObjectVersion version = naming.written(md5, request.attributes(), request.stamp(), now);
      ObjectSnapshot after =
          snapshot(
              location,
              version,
              bytes.length,
              crc,
              md5,
              request.attributes(),
              now,
              request.stamp(),
              request.placement());
      commit(bucket, before, new StoredObject(after, bytes));
      return told(version);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ObjectVersion updateAttributes(AttributesUpdate update) {
    ObjectLocation location = update.current().location();
    lock.lock();
    try {
      MemoryBucket bucket = bucket(location.bucket());
      Optional<StoredObject> before = bucket.find(location.key());
      check(location, WriteCondition.ifUnchanged(update.current().version()), before);
      StoredObject object = before.orElseThrow();
      ObjectSnapshot old = object.snapshot();
      Instant now = clock.instant();
      Optional<Provenance> stamp = update.stamp();
      ObjectVersion version = naming.retouched(old.version(), update.attributes(), stamp, now);
      // A patch on GCS is no new write: nothing becomes noncurrent.
      ObjectSnapshot after =
          snapshot(
              location,
              version,
              old.size(),
              old.crc().orElseThrow(),
              old.md5().orElseThrow(),
              update.attributes(),
              now,
              stamp,
              update.placement().storageClass().isEmpty()
                  ? new Placement(old.storageClass(), "", "")
                  : update.placement());
      if (flavour.isGoogle()) {
        bucket.put(location.key(), object.as(after));
        listener.accept(new Mutation(location, Optional.of(old), Optional.of(after)));
      } else {
        commit(bucket, before, object.as(after));
      }
      return version;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void delete(ObjectLocation location, WriteCondition condition) {
    if (condition instanceof WriteCondition.IfAbsent) {
      throw new IllegalArgumentException("what must be absent cannot be deleted");
    }
    lock.lock();
    try {
      MemoryBucket bucket = bucket(location.bucket());
      Optional<StoredObject> before = bucket.find(location.key());
      check(location, condition, before);
      ObjectSnapshot gone = before.orElseThrow().snapshot();
      bucket.remove(location.key());
      if (flavour.isVersioned()) {
        bucket.keep(gone);
      }
      listener.accept(new Mutation(location, Optional.of(gone), Optional.empty()));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ListPage list(ListRequest request) {
    lock.lock();
    try {
      List<ObjectSnapshot> found =
          bucket(request.bucket()).list(request.prefix(), request.continuation(), request.limit());
      boolean more = found.size() > request.limit();
      List<ListPage.Listed> page =
          found.stream().limit(request.limit()).map(InMemoryObjectStore::listed).toList();
      return new ListPage(page, more ? page.getLast().key() : "");
    } finally {
      lock.unlock();
    }
  }

  /** Forgets everything. */
  @Override
  public void close() {
    lock.lock();
    try {
      buckets.clear();
    } finally {
      lock.unlock();
    }
  }

  private MemoryBucket bucket(BucketLocation location) {
    return Optional.ofNullable(buckets.get(location))
        .orElseThrow(
            () -> new StoreException.BucketNotFound("there is no bucket " + location, null));
  }

  private StoredObject require(ObjectLocation location) {
    return bucket(location.bucket())
        .find(location.key())
        .orElseThrow(() -> new StoreException.ObjectNotFound("there is no " + location, null));
  }

  private void check(
      ObjectLocation location, WriteCondition condition, Optional<StoredObject> before) {
    Optional<ObjectVersion> stands = before.map(object -> object.snapshot().version());
    boolean holds =
        switch (condition) {
          case WriteCondition.IfAbsent() -> stands.isEmpty();
          case WriteCondition.IfUnchanged(ObjectVersion expected) ->
              stands.filter(version -> naming.matches(expected, version)).isPresent();
        };
    if (!holds) {
      throw changed(location);
    }
  }

  private void commit(MemoryBucket bucket, Optional<StoredObject> before, StoredObject after) {
    Optional<ObjectSnapshot> replaced = before.map(StoredObject::snapshot);
    ObjectSnapshot snapshot = after.snapshot();
    if (flavour.isVersioned()) {
      replaced.ifPresent(bucket::keep);
    }
    bucket.put(snapshot.location().key(), after);
    listener.accept(new Mutation(snapshot.location(), replaced, Optional.of(snapshot)));
  }

  private ObjectSnapshot snapshot(
      ObjectLocation location,
      ObjectVersion version,
      long size,
      Crc32c crc,
      String md5,
      ObjectAttributes attributes,
      Instant modified,
      Optional<Provenance> stamp,
      Placement placement) {
    String storageClass = placement.storageClass().isEmpty() ? STANDARD : placement.storageClass();
    return new ObjectSnapshot(
        location,
        version,
        size,
        Optional.of(crc),
        Optional.of(md5),
        attributes,
        flavour.isGoogle() ? modified : modified.truncatedTo(ChronoUnit.SECONDS),
        stamp,
        storageClass,
        flavour.isGoogle() || !ARCHIVED.contains(storageClass));
  }

  /** The answer to a PUT does not tell the time of the write. */
  private static ObjectVersion told(ObjectVersion version) {
    return new ObjectVersion(
        version.writeId(), version.etag(), version.revision(), ObjectVersion.UNKNOWN);
  }

  private static ObjectSnapshot readable(ObjectSnapshot old) {
    return new ObjectSnapshot(
        old.location(),
        old.version(),
        old.size(),
        old.crc(),
        old.md5(),
        old.attributes(),
        old.modified(),
        old.provenance(),
        old.storageClass(),
        true);
  }

  private static ListPage.Listed listed(ObjectSnapshot object) {
    ObjectVersion version = object.version();
    return new ListPage.Listed(
        object.location().key(),
        object.size(),
        object.modified(),
        version.etag().isEmpty() ? version.writeId() : version.etag());
  }

  private static StoreException changed(ObjectLocation location) {
    return new StoreException.ConditionFailed(location + " is not what the condition names", null);
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
