package dev.twinbucket.store.memory;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.store.MultipartUploads;
import dev.twinbucket.store.OpenUploads;
import dev.twinbucket.store.PartBody;
import dev.twinbucket.store.PartLimits;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.Upload;
import dev.twinbucket.store.UploadCompletion;
import dev.twinbucket.store.UploadRequest;
import dev.twinbucket.store.UploadedPart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Multipart uploads in memory. Like S3 the one flavour completes in a single step under the
 * condition; like GCS the other makes an object under a staging name, which its listeners hear of,
 * and moves it from there.
 */
final class InMemoryUploads implements MultipartUploads {
  private static final int PAGE = 1000;

  private final Flavour flavour;
  private final PartLimits limits;
  private final MemoryBuckets buckets;
  private final ReentrantLock lock;
  private final NavigableMap<String, OpenUpload> open = new TreeMap<>();
  private long begun;

  InMemoryUploads(Flavour flavour, PartLimits limits, MemoryBuckets buckets, ReentrantLock lock) {
    this.flavour = flavour;
    this.limits = limits;
    this.buckets = buckets;
    this.lock = lock;
  }

  void clear() {
    open.clear();
  }

  @Override
  public PartLimits limits() {
    return limits;
  }

  @Override
  public Upload create(UploadRequest request) {
    ObjectLocation destination = request.destination();
    KeyRules.check(flavour, destination.key());
    UploadRequest held =
        new UploadRequest(
            destination,
            request.name(),
            buckets.held(request.attributes(), request.stamp()),
            request.stamp(),
            request.placement());
    ObjectLocation staging =
        flavour.isGoogle()
            ? destination.bucket().object(STAGING_PREFIX + request.name())
            : destination;
    lock.lock();
    try {
      buckets.bucket(destination.bucket());
      // Of one width, so that the order of the names is that of time.
      Upload upload = new Upload(destination, staging, "upload-%08d".formatted(++begun));
      open.put(upload.id(), new OpenUpload(upload, held, buckets.now()));
      return upload;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public UploadedPart putPart(Upload upload, int number, PartBody body) {
    if (number < 1 || number > limits.parts() || body.size() > limits.largestPart()) {
      throw new StoreException.InvalidRequest(
          StoreException.InvalidRequest.Kind.SIZE,
          upload.destination() + ": no part " + number + " of " + body.size() + " bytes");
    }
    byte[] bytes = new byte[body.size()];
    body.bytes().duplicate().get(bytes);
    lock.lock();
    try {
      OpenUpload found = require(upload);
      if (!Crc32c.of(ByteBuffer.wrap(bytes)).equals(body.crc())) {
        throw new StoreException.IntegrityMismatch(
            upload.destination() + ": part " + number + " does not have the announced CRC32C");
      }
      return found.put(number, bytes);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<UploadedPart> parts(Upload upload) {
    lock.lock();
    try {
      return require(upload).list(!flavour.isGoogle());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ObjectVersion complete(UploadCompletion completion) {
    lock.lock();
    try {
      buckets.bucket(completion.upload().destination().bucket());
      return MemoryBuckets.told(
          flavour.isGoogle() ? publishStaged(completion) : completeInPlace(completion));
    } finally {
      lock.unlock();
    }
  }

  private ObjectVersion completeInPlace(UploadCompletion completion) {
    Upload upload = completion.upload();
    Written whole = require(upload).assemble(completion.parts(), limits.smallestPart());
    if (!isWhole(completion, whole.bytes().length, Crc32c.of(ByteBuffer.wrap(whole.bytes())))) {
      throw mismatch(upload);
    }
    buckets.check(upload.destination(), completion.condition());
    open.remove(upload.id());
    return buckets.write(whole);
  }

  /** Makes the staging object, if this flavour has one and it is not there yet. */
  void stage(UploadCompletion completion) {
    lock.lock();
    try {
      Upload upload = completion.upload();
      OpenUpload found = open.get(upload.id());
      if (found != null && flavour.isGoogle()) {
        Written whole = found.assemble(completion.parts(), limits.smallestPart());
        open.remove(upload.id());
        buckets.write(whole);
      }
    } finally {
      lock.unlock();
    }
  }

  private ObjectVersion publishStaged(UploadCompletion completion) {
    Upload upload = completion.upload();
    stage(completion);
    StoredObject staged = buckets.find(upload.staging()).orElseThrow(() -> gone(upload));
    ObjectSnapshot whole = staged.snapshot();
    if (!isWhole(completion, whole.size(), whole.crc().orElseThrow())) {
      buckets.remove(staged);
      throw mismatch(upload);
    }
    if (!whole.provenance().equals(completion.stamp())
        || !whole.attributes().equals(completion.attributes())) {
      buckets.retouch(staged, completion.attributes(), completion.stamp(), completion.placement());
    }
    buckets.check(upload.destination(), completion.condition());
    StoredObject ready = buckets.require(upload.staging());
    buckets.remove(ready);
    return buckets.write(
        new Written(
            upload.destination(),
            ready.bytes(),
            ready.snapshot().version().etag(),
            ready.snapshot().md5(),
            completion.attributes(),
            completion.stamp(),
            completion.placement()));
  }

  private static boolean isWhole(UploadCompletion completion, long size, Crc32c crc) {
    return size == completion.size() && crc.equals(completion.crc());
  }

  @Override
  public void abort(Upload upload) {
    lock.lock();
    try {
      buckets.bucket(upload.destination().bucket());
      open.remove(upload.id());
      if (flavour.isGoogle() && upload.staging().key().startsWith(STAGING_PREFIX)) {
        buckets.find(upload.staging()).ifPresent(buckets::remove);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public OpenUploads open(BucketLocation bucket, String prefix, Optional<String> after) {
    lock.lock();
    try {
      List<OpenUploads.Open> found = new ArrayList<>(staged(bucket, prefix, after));
      for (OpenUpload upload : open.tailMap(after.orElse(""), false).values()) {
        ObjectLocation staging = upload.upload().staging();
        if (staging.bucket().equals(bucket) && staging.key().startsWith(prefix)) {
          if (found.size() >= PAGE) {
            return new OpenUploads(found, Optional.of(found.getLast().upload().id()));
          }
          found.add(
              new OpenUploads.Open(
                  new Upload(staging, staging, upload.upload().id()), upload.begun()));
        }
      }
      return new OpenUploads(found, Optional.empty());
    } finally {
      lock.unlock();
    }
  }

  /** What completions left: on the first page. */
  private List<OpenUploads.Open> staged(
      BucketLocation bucket, String prefix, Optional<String> after) {
    MemoryBucket objects = buckets.bucket(bucket);
    if (after.isPresent() || !flavour.isGoogle()) {
      return List.of();
    }
    return objects.list(STAGING_PREFIX, "", Integer.MAX_VALUE - 1).stream()
        .filter(object -> object.location().key().startsWith(prefix))
        .map(
            object ->
                new OpenUploads.Open(
                    new Upload(object.location(), object.location(), ""), object.modified()))
        .toList();
  }

  private OpenUpload require(Upload upload) {
    buckets.bucket(upload.destination().bucket());
    return Optional.ofNullable(open.get(upload.id())).orElseThrow(() -> gone(upload));
  }

  private static StoreException gone(Upload upload) {
    return new StoreException.UploadNotFound(
        upload.destination() + ": there is no upload " + upload.id());
  }

  private static StoreException mismatch(Upload upload) {
    return new StoreException.IntegrityMismatch(
        upload.destination() + ": the whole is not what was announced");
  }
}
