package dev.twinbucket.store.gcs;

import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.StorageException;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.adapter.BucketProofs;

/** What the answers to requests mean, failures above all. */
final class GcsRequests {
  private final Storage storage;
  private final BucketProofs buckets = new BucketProofs(System::nanoTime);

  GcsRequests(Storage storage) {
    this.storage = storage;
  }

  /** An answer just now could only come from an existing bucket. */
  void saw(BucketLocation bucket) {
    buckets.saw(bucket.bucket());
  }

  /** The SDK says the same of a missing object and of a missing bucket; a listing does not. */
  void proveBucket(ObjectLocation location) {
    String bucket = location.bucket().bucket();
    if (buckets.knows(bucket)) {
      return;
    }
    try {
      storage.list(
          bucket,
          BlobListOption.prefix(location.key()),
          BlobListOption.pageSize(1),
          BlobListOption.fields(BlobField.NAME));
    } catch (StorageException e) {
      throw e.getCode() == 404
          ? new StoreException.BucketNotFound(location.bucket() + " does not exist", e)
          : GcsErrors.translate(location.bucket(), e);
    }
    buckets.saw(bucket);
  }

  /** Deletes just that version. */
  void delete(ObjectLocation location, ObjectVersion version) {
    boolean deleted;
    try {
      deleted =
          storage.delete(
              BlobId.of(location.bucket().bucket(), location.key()),
              BlobSourceOption.generationMatch(Long.parseLong(version.writeId())),
              BlobSourceOption.metagenerationMatch(Long.parseLong(version.revision())));
    } catch (StorageException e) {
      throw writeFailure(location, e);
    }
    if (!deleted) {
      proveBucket(location);
      throw new StoreException.ConditionFailed(location + " is gone already");
    }
    saw(location.bucket());
  }

  /** The version that the answer to a write tells. */
  ObjectVersion written(ObjectLocation location, BlobInfo blob) {
    buckets.saw(location.bucket().bucket());
    if (!isVersioned(blob)) {
      throw new StoreException.Unavailable(location + ": an answer to a write that is not GCS's");
    }
    return ObjectVersion.named(
        Long.toString(blob.getGeneration()), Long.toString(blob.getMetageneration()));
  }

  static boolean isVersioned(BlobInfo blob) {
    return blob.getGeneration() != null && blob.getMetageneration() != null;
  }

  /** A condition on an object that is gone is answered by 404; that is a failed condition. */
  StoreException writeFailure(ObjectLocation location, StorageException failure) {
    StoreException translated = GcsErrors.translate(location, failure);
    if (translated instanceof StoreException.ObjectNotFound) {
      proveBucket(location);
      return new StoreException.ConditionFailed(translated.getMessage(), failure);
    }
    return translated;
  }
}
