package dev.twinbucket.store.memory;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.store.adapter.AttributeRules;
import dev.twinbucket.store.adapter.AttributesCodec;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** All buckets of a store, and the changes that one flavour's cloud makes. Not safe for threads. */
final class MemoryBuckets {
  private static final Set<String> ARCHIVED = Set.of("GLACIER", "DEEP_ARCHIVE");
  private static final String STANDARD = "STANDARD";

  private final Flavour flavour;
  private final Clock clock;
  private final Consumer<Mutation> listener;
  private final Naming naming;
  private final AttributesCodec codec;
  private final Map<BucketLocation, MemoryBucket> buckets = new HashMap<>();

  MemoryBuckets(Flavour flavour, Clock clock, Consumer<Mutation> listener) {
    this.flavour = flavour;
    this.clock = clock;
    this.listener = listener;
    this.naming = new Naming(flavour);
    this.codec = new AttributesCodec(flavour.isGoogle() ? AttributeRules.GCS : AttributeRules.S3);
  }

  void create(BucketLocation bucket) {
    buckets.putIfAbsent(bucket, new MemoryBucket());
  }

  void clear() {
    buckets.clear();
  }

  /**
   * The attributes as the cloud gives them back: without reserved entries.
   *
   * @throws StoreException.InvalidRequest if it cannot hold them
   */
  ObjectAttributes held(ObjectAttributes attributes, Optional<Provenance> stamp) {
    return codec.decode(codec.encode(attributes, stamp)).attributes();
  }

  Instant now() {
    return clock.instant();
  }

  Naming naming() {
    return naming;
  }

  MemoryBucket bucket(BucketLocation location) {
    return Optional.ofNullable(buckets.get(location))
        .orElseThrow(() -> new StoreException.BucketNotFound("there is no bucket " + location));
  }

  Optional<StoredObject> find(ObjectLocation location) {
    return bucket(location.bucket()).find(location.key());
  }

  StoredObject require(ObjectLocation location) {
    return find(location)
        .orElseThrow(() -> new StoreException.ObjectNotFound("there is no " + location));
  }

  /** Refuses unless the condition holds, and tells what stands there. */
  Optional<StoredObject> check(ObjectLocation location, WriteCondition condition) {
    Optional<StoredObject> before = find(location);
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
    return before;
  }

  static StoreException changed(ObjectLocation location) {
    return new StoreException.ConditionFailed(location + " is not what the condition names");
  }

  /** Writes new bytes, whatever stands there. */
  ObjectVersion write(Written written) {
    Instant now = clock.instant();
    ObjectVersion version =
        naming.written(written.etag(), written.attributes(), written.stamp(), now);
    ObjectSnapshot after =
        snapshot(
            written.location(),
            version,
            written.bytes().length,
            Crc32c.of(ByteBuffer.wrap(written.bytes())),
            written.md5(),
            written.attributes(),
            now,
            written.stamp(),
            written.placement());
    commit(find(written.location()), new StoredObject(after, written.bytes()));
    return version;
  }

  /** Replaces the attributes of the object that stands there. */
  ObjectVersion retouch(
      StoredObject object,
      ObjectAttributes attributes,
      Optional<Provenance> stamp,
      Placement placement) {
    ObjectSnapshot old = object.snapshot();
    Instant now = clock.instant();
    ObjectVersion version = naming.retouched(old.version(), attributes, stamp, now);
    ObjectSnapshot after =
        snapshot(
            old.location(),
            version,
            old.size(),
            old.crc().orElseThrow(),
            old.md5(),
            attributes,
            now,
            stamp,
            placement.storageClass().isEmpty()
                ? new Placement(old.storageClass(), "", "")
                : placement);
    // A patch on GCS is no new write: nothing becomes noncurrent.
    if (flavour.isGoogle()) {
      bucket(old.location().bucket()).put(old.location().key(), object.as(after));
      listener.accept(new Mutation(old.location(), Optional.of(old), Optional.of(after)));
    } else {
      commit(Optional.of(object), object.as(after));
    }
    return version;
  }

  /** Deletes the object that stands there. */
  void remove(StoredObject object) {
    ObjectSnapshot gone = object.snapshot();
    MemoryBucket bucket = bucket(gone.location().bucket());
    bucket.remove(gone.location().key());
    if (flavour.isVersioned()) {
      bucket.keep(object);
    }
    listener.accept(new Mutation(gone.location(), Optional.of(gone), Optional.empty()));
  }

  /** Takes the delete marker away that hides the newest version. */
  boolean undelete(ObjectLocation location) {
    MemoryBucket bucket = bucket(location.bucket());
    if (bucket.find(location.key()).isPresent()) {
      return false;
    }
    Optional<StoredObject> hidden = bucket.takeNewest(location.key());
    hidden.ifPresent(
        object -> {
          bucket.put(location.key(), object);
          listener.accept(new Mutation(location, Optional.empty(), Optional.of(object.snapshot())));
        });
    return hidden.isPresent();
  }

  private void commit(Optional<StoredObject> before, StoredObject after) {
    Optional<ObjectSnapshot> replaced = before.map(StoredObject::snapshot);
    ObjectSnapshot snapshot = after.snapshot();
    MemoryBucket bucket = bucket(snapshot.location().bucket());
    if (flavour.isVersioned()) {
      before.ifPresent(bucket::keep);
    }
    bucket.put(snapshot.location().key(), after);
    listener.accept(new Mutation(snapshot.location(), replaced, Optional.of(snapshot)));
  }

  private ObjectSnapshot snapshot(
      ObjectLocation location,
      ObjectVersion version,
      long size,
      Crc32c crc,
      Optional<String> md5,
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
        md5,
        attributes,
        flavour.isGoogle() ? modified : modified.truncatedTo(ChronoUnit.SECONDS),
        stamp,
        storageClass,
        flavour.isGoogle() || !ARCHIVED.contains(storageClass));
  }

  /** The answer to a write does not tell its time. */
  static ObjectVersion told(ObjectVersion version) {
    return new ObjectVersion(
        version.writeId(), version.etag(), version.revision(), ObjectVersion.UNKNOWN);
  }

  /** In lower-case hex. */
  static String md5(byte[]... chunks) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      for (byte[] chunk : chunks) {
        digest.update(chunk);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
