package dev.twinbucket.store;

import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation;

/**
 * One object store: a cloud, or one S3-compatible endpoint. Calls are stateless and block the
 * (virtual) thread that makes them; an instance is shared by any number of threads.
 *
 * <p>Writes are atomic: a reader sees the object before or after, never in between, and nothing
 * becomes visible whose bytes do not have the CRC32C that the request names. Every call throws a
 * {@link StoreException}, whose subclass says what its caller must do, and nothing else but
 * programming errors.
 */
public interface ObjectStore extends AutoCloseable {
  /** What this store can and cannot do; fixed for the life of the instance. */
  Capabilities capabilities();

  /**
   * Looks at the current version of one object: one metadata request, more only where the store
   * keeps a part of the attributes elsewhere (S3 tags).
   *
   * @return absent only if the store answered that the bucket is there and the object is not
   * @throws StoreException never for an absent object
   */
  Observation observe(ObjectLocation location);

  /**
   * Opens an object's stored bytes (never decompressed) together with its snapshot, in one request
   * where the store allows it.
   *
   * @return open content that the caller closes
   * @throws StoreException.ObjectNotFound if there is no such object or version
   * @throws StoreException.ConditionFailed if a pin was given and the object is not that version
   *     any more
   * @throws StoreException.Archived if the bytes must be restored first
   */
  ObjectContent read(ReadRequest request);

  /**
   * Writes a whole object in one request.
   *
   * @return the version that was written
   * @throws StoreException.ConditionFailed if the condition did not hold; nothing was written by
   *     the last attempt. After a retry inside the SDK it may have been our own first attempt that
   *     changed the object: look again, the stamp's write id tells
   * @throws StoreException.IntegrityMismatch if the bytes that arrived do not have the named
   *     CRC32C; nothing was written
   * @throws StoreException.InvalidRequest if this store cannot hold such a key or such attributes
   */
  ObjectVersion put(PutRequest request);

  /**
   * Replaces an object's attributes and stamp without moving its bytes.
   *
   * @return the version that results
   * @throws StoreException.ConditionFailed if the object is not the version that the request names
   * @throws StoreException.Unsupported if this store can do that only by writing the bytes again
   */
  ObjectVersion updateAttributes(AttributesUpdate update);

  /**
   * Copies an object inside its bucket without sending its bytes: those of just this version, with
   * the attributes and the storage class that the snapshot tells, and without a stamp.
   *
   * @param source what was observed
   * @param target where there must not be anything yet
   * @return the version that was written
   * @throws StoreException.ConditionFailed if there is something at the target, or the source is
   *     not that version any more
   * @throws StoreException.Unsupported if this store cannot do that
   */
  ObjectVersion copyWithin(ObjectSnapshot source, ObjectLocation target);

  /**
   * Deletes the current version (on a versioned bucket: hides it, by a delete marker or as
   * noncurrent).
   *
   * @throws StoreException.ConditionFailed if the object is not what the condition names, or is
   *     gone already
   */
  void delete(ObjectLocation location, WriteCondition condition);

  /**
   * One page of a bucket's current objects in the order of their names' UTF-8 bytes.
   *
   * @throws StoreException whenever the page is not known to be whole
   */
  ListPage list(ListRequest request);

  /** Objects that are written in parts; the same for the life of the store. */
  MultipartUploads multipart();

  /** Releases connections and threads. */
  @Override
  void close();
}
