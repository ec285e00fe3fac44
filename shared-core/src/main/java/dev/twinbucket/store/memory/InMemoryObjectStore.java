package dev.twinbucket.store.memory;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation;
import dev.twinbucket.store.AttributesUpdate;
import dev.twinbucket.store.Capabilities;
import dev.twinbucket.store.ListPage;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.MultipartUploads;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.PartLimits;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.UploadCompletion;
import dev.twinbucket.store.WriteCondition;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A whole object store in memory, which keeps every promise of the port: atomic writes, conditions,
 * checksums, listings in order. Equal calls at equal times give equal versions, so that a
 * simulation can be run again.
 */
public final class InMemoryObjectStore implements ObjectStore {
  private final Flavour flavour;
  private final MemoryBuckets buckets;
  private final InMemoryUploads uploads;
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
    this(flavour, clock, listener, flavour.isGoogle() ? PartLimits.GCS : PartLimits.S3);
  }

  /**
   * A store without buckets.
   *
   * @param listener hears of every change in the order in which they happened, before the call that
   *     made it returns; it must not call the store
   * @param limits what it allows multipart uploads, such as parts smaller than a cloud's
   */
  public InMemoryObjectStore(
      Flavour flavour, Clock clock, Consumer<Mutation> listener, PartLimits limits) {
    this.flavour = flavour;
    this.buckets = new MemoryBuckets(flavour, clock, listener);
    this.uploads = new InMemoryUploads(flavour, limits, buckets, lock);
  }

  /** Makes an empty bucket; one that is there stays as it is. */
  public void createBucket(BucketLocation bucket) {
    lock.lock();
    try {
      buckets.create(bucket);
    } finally {
      lock.unlock();
    }
  }

  /** What was overwritten or deleted in a versioned flavour, oldest first. */
  public List<ObjectSnapshot> noncurrent(ObjectLocation location) {
    lock.lock();
    try {
      return buckets.bucket(location.bucket()).noncurrent(location.key());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes the delete marker of a versioned flavour, as users of S3 undelete: what was current
   * before the deletion is current again, under its old version and time.
   *
   * @return false if something stands there, or nothing is hidden
   */
  public boolean undelete(ObjectLocation location) {
    lock.lock();
    try {
      return buckets.undelete(location);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Deletes a noncurrent version for good. What is current stays as it is, so that no listener
   * hears of it.
   *
   * @return false if there is no such noncurrent version
   */
  public boolean deleteNoncurrent(ObjectLocation location, ObjectVersion version) {
    lock.lock();
    try {
      return buckets.bucket(location.bucket()).dropNoncurrent(location.key(), version);
    } finally {
      lock.unlock();
    }
  }

  /** Makes an archived object's bytes readable, as a finished restore does. */
  public void restore(ObjectLocation location) {
    lock.lock();
    try {
      StoredObject object = buckets.require(location);
      buckets.bucket(location.bucket()).put(location.key(), object.as(readable(object.snapshot())));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true, true, true, flavour.isGoogle(), Integer.MAX_VALUE);
  }

  @Override
  public Observation observe(ObjectLocation location) {
    KeyRules.check(flavour, location.key());
    lock.lock();
    try {
      return buckets
          .find(location)
          .<Observation>map(object -> new Observation.Present(object.snapshot()))
          .orElseGet(() -> new Observation.Absent(location));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ObjectContent read(ReadRequest request) {
    KeyRules.check(flavour, request.location().key());
    lock.lock();
    try {
      StoredObject object = buckets.require(request.location());
      ObjectSnapshot snapshot = object.snapshot();
      if (request.pin().isPresent() && !holds(request.pin().get(), request, snapshot)) {
        throw MemoryBuckets.changed(request.location());
      }
      if (!snapshot.readable()) {
        throw new StoreException.Archived(request.location() + " is archived");
      }
      boolean whole = request.offset() == 0 && request.length() == ReadRequest.TO_THE_END;
      if (!whole && request.offset() >= snapshot.size()) {
        throw new StoreException.InvalidRequest(
            StoreException.InvalidRequest.Kind.OTHER,
            request.location() + " has no byte at " + request.offset());
      }
      long length = request.length() == ReadRequest.TO_THE_END ? Long.MAX_VALUE : request.length();
      return new ObjectContent(snapshot, object.open(request.offset(), length), () -> {});
    } finally {
      lock.unlock();
    }
  }

  /** A range is bytes alone; whoever reads the whole relies on its attributes too. */
  private boolean holds(ObjectVersion pin, ReadRequest request, ObjectSnapshot current) {
    boolean whole =
        request.offset() == 0
            && (request.length() == ReadRequest.TO_THE_END || request.length() >= current.size());
    return whole
        ? pin.sameAs(current.version())
        : buckets.naming().sameBytes(pin, current.version());
  }

  @Override
  public ObjectVersion put(PutRequest request) {
    byte[] bytes = new byte[request.content().remaining()];
    request.content().duplicate().get(bytes);
    Crc32c crc = Crc32c.of(ByteBuffer.wrap(bytes));
    ObjectLocation location = request.location();
    KeyRules.check(flavour, location.key());
    ObjectAttributes attributes = buckets.held(request.attributes(), request.stamp());
    lock.lock();
    try {
      buckets.check(location, request.condition());
      if (!crc.equals(request.crc())) {
        throw new StoreException.IntegrityMismatch(
            location + ": " + crc + " arrived where " + request.crc() + " was announced");
      }
      String md5 = MemoryBuckets.md5(bytes);
      return MemoryBuckets.told(
          buckets.write(
              new Written(
                  location,
                  bytes,
                  md5,
                  Optional.of(md5),
                  attributes,
                  request.stamp(),
                  request.placement())));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ObjectVersion updateAttributes(AttributesUpdate update) {
    ObjectSnapshot current = update.current();
    ObjectAttributes attributes = buckets.held(update.attributes(), update.stamp());
    lock.lock();
    try {
      StoredObject object =
          buckets
              .check(current.location(), WriteCondition.ifUnchanged(current.version()))
              .orElseThrow();
      return buckets.retouch(object, attributes, update.stamp(), update.placement());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ObjectVersion copyWithin(ObjectSnapshot source, ObjectLocation target) {
    if (!source.location().bucket().equals(target.bucket())) {
      throw new IllegalArgumentException(target + " is not in the bucket of " + source.location());
    }
    KeyRules.check(flavour, target.key());
    lock.lock();
    try {
      StoredObject object =
          buckets
              .check(source.location(), WriteCondition.ifUnchanged(source.version()))
              .orElseThrow();
      buckets.check(target, WriteCondition.ifAbsent());
      if (!object.snapshot().readable()) {
        throw new StoreException.Archived(source.location() + " is archived");
      }
      // A copy by one request is one write, whatever the source was made of.
      String md5 = MemoryBuckets.md5(object.bytes());
      return MemoryBuckets.told(
          buckets.write(
              new Written(
                  target,
                  object.bytes(),
                  md5,
                  Optional.of(md5),
                  source.attributes(),
                  Optional.empty(),
                  new Placement(source.storageClass(), "", ""))));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void delete(ObjectLocation location, WriteCondition condition) {
    KeyRules.check(flavour, location.key());
    if (condition instanceof WriteCondition.IfAbsent) {
      throw new IllegalArgumentException("what must be absent cannot be deleted");
    }
    lock.lock();
    try {
      buckets.remove(buckets.check(location, condition).orElseThrow());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ListPage list(ListRequest request) {
    lock.lock();
    try {
      List<ObjectSnapshot> found =
          buckets
              .bucket(request.bucket())
              .list(request.prefix(), request.continuation(), request.limit());
      boolean more = found.size() > request.limit();
      List<ListPage.Listed> page =
          found.stream().limit(request.limit()).map(InMemoryObjectStore::listed).toList();
      return new ListPage(page, more ? page.getLast().key() : "");
    } finally {
      lock.unlock();
    }
  }

  @Override
  public MultipartUploads multipart() {
    return uploads;
  }

  /**
   * Does as much of a completion as a caller does that dies in the middle of it: on GCS the whole
   * stands under its staging name and nothing is published. S3 knows no middle: nothing happens.
   */
  public void breakOff(UploadCompletion completion) {
    uploads.stage(completion);
  }

  /** Forgets everything. */
  @Override
  public void close() {
    lock.lock();
    try {
      buckets.clear();
      uploads.clear();
    } finally {
      lock.unlock();
    }
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
}
