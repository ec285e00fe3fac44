package dev.twinbucket.store.gcs;

import com.google.api.gax.paging.Page;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.StorageException;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.store.AttributesUpdate;
import dev.twinbucket.store.OpenUploads;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.Upload;
import dev.twinbucket.store.UploadCompletion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Publishes what a multipart upload has put together under a staging name.
 *
 * <p>The XML API completes an upload whatever stands under its name, and checks no condition. So it
 * completes under a name that nobody else uses, and what stands there afterwards is looked at, put
 * right if its attributes are not what they should be, and moved to the destination under the
 * condition: at no instant is there anything under the destination's name that is not whole. Any
 * caller can go on where another one stopped.
 */
final class GcsStaging {
  private static final int ATTEMPTS = 4;

  private final Storage storage;
  private final GcsRequests requests;
  private final GcsWrites writes;
  private final GcsSnapshots snapshots = new GcsSnapshots();

  GcsStaging(Storage storage) {
    this.storage = storage;
    this.requests = new GcsRequests(storage);
    this.writes = new GcsWrites(storage, requests);
  }

  /** Moves or copies the staging object to its destination. */
  ObjectVersion publish(UploadCompletion completion) {
    Upload upload = completion.upload();
    ObjectSnapshot staged = find(upload).orElseThrow(() -> gone(upload));
    for (int attempt = 1; ; attempt++) {
      requireWhole(completion, staged);
      try {
        return upload.staging().bucket().equals(upload.destination().bucket())
            ? move(completion, staged)
            : copy(completion, staged);
      } catch (StoreException.ConditionFailed changed) {
        // Was it the destination, or did another completer get ahead with the staging object?
        ObjectSnapshot now = find(upload).orElseThrow(() -> gone(upload));
        boolean ours = isReady(completion, staged) && now.version().sameAs(staged.version());
        if (ours || attempt == ATTEMPTS) {
          throw changed;
        }
        staged = now;
      }
    }
  }

  private ObjectVersion move(UploadCompletion completion, ObjectSnapshot staged) {
    ObjectSnapshot ready = staged;
    if (!isReady(completion, staged)) {
      writes.updateAttributes(
          new AttributesUpdate(
              staged, completion.attributes(), completion.stamp(), Placement.DEFAULT));
      ready = find(completion.upload()).orElseThrow(() -> gone(completion.upload()));
    }
    ObjectVersion published =
        writes.move(ready, completion.upload().destination(), completion.condition());
    // A versioned bucket keeps what was moved away from, bytes and all.
    try {
      discard(ready);
    } catch (StoreException e) {
      // It is published; what remains is the lifecycle rule's.
    }
    return published;
  }

  private static boolean isReady(UploadCompletion completion, ObjectSnapshot staged) {
    return staged.provenance().equals(completion.stamp())
        && staged.attributes().equals(completion.attributes());
  }

  /** Between two buckets there is no move: the copy is what becomes visible in one instant. */
  private ObjectVersion copy(UploadCompletion completion, ObjectSnapshot staged) {
    ObjectVersion written =
        writes.copy(
            staged,
            completion.upload().destination(),
            completion.attributes(),
            completion.stamp(),
            completion.placement(),
            completion.condition());
    discard(staged);
    return written;
  }

  private void requireWhole(UploadCompletion completion, ObjectSnapshot staged) {
    boolean whole =
        staged.size() == completion.size()
            && staged.crc().filter(completion.crc()::equals).isPresent();
    if (!whole) {
      discard(staged);
      throw new StoreException.IntegrityMismatch(
          completion.upload().destination()
              + ": "
              + staged.size()
              + " bytes with CRC32C "
              + staged.crc().map(Crc32c::toString).orElse("unknown")
              + " where "
              + completion.size()
              + " with "
              + completion.crc()
              + " should be");
    }
  }

  /** What stands under the upload's staging name. */
  Optional<ObjectSnapshot> find(Upload upload) {
    ObjectLocation staging = upload.staging();
    try {
      Blob blob = storage.get(staging.bucket().bucket(), staging.key());
      if (blob == null) {
        requests.proveBucket(staging);
        return Optional.empty();
      }
      requests.saw(staging.bucket());
      return Optional.of(snapshots.of(staging, blob));
    } catch (StorageException e) {
      throw GcsErrors.translate(staging, e);
    }
  }

  /** Drops what a completion left. */
  void remove(Upload upload) {
    find(upload).ifPresent(this::discard);
  }

  /** Drops just that generation for good, even where deleting would only hide it. */
  private void discard(ObjectSnapshot staged) {
    ObjectLocation staging = staged.location();
    try {
      storage.delete(
          BlobId.of(
              staging.bucket().bucket(),
              staging.key(),
              Long.parseLong(staged.version().writeId())));
    } catch (StorageException e) {
      throw GcsErrors.translate(staging, e);
    }
  }

  /** What stands under staging names that begin so: one page. */
  OpenUploads list(BucketLocation bucket, String prefix, String token) {
    Page<Blob> page;
    try {
      page =
          storage.list(
              bucket.bucket(),
              BlobListOption.prefix(prefix),
              BlobListOption.pageToken(token),
              BlobListOption.fields(BlobField.NAME, BlobField.TIME_CREATED));
    } catch (StorageException e) {
      throw e.getCode() == 404
          ? new StoreException.BucketNotFound(bucket + " does not exist", e)
          : GcsErrors.translate(bucket, e);
    }
    List<OpenUploads.Open> left = new ArrayList<>();
    for (Blob blob : page.getValues()) {
      ObjectLocation staging = bucket.object(blob.getName());
      left.add(
          new OpenUploads.Open(
              new Upload(staging, staging, ""), blob.getCreateTimeOffsetDateTime().toInstant()));
    }
    return new OpenUploads(left, Optional.ofNullable(page.getNextPageToken()));
  }

  private static StoreException gone(Upload upload) {
    return new StoreException.UploadNotFound(
        upload.destination() + ": neither the upload nor its staging object is there any more");
  }
}
