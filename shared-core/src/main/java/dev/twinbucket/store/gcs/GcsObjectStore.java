package dev.twinbucket.store.gcs;

import com.google.api.gax.paging.Page;
import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.KeyOrder;
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
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.store.adapter.AttributeRules;
import dev.twinbucket.store.adapter.AttributesCodec;
import dev.twinbucket.store.adapter.NativeAttributes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Google Cloud Storage. */
public final class GcsObjectStore implements ObjectStore {
  private static final Capabilities CAPABILITIES =
      new Capabilities(true, true, true, true, true, 5L << 40);
  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 30_000;

  /** Three attempts as on the other cloud; the SDK takes a random part of each pause. */
  private static final RetrySettings RETRIES =
      StorageOptions.getDefaultRetrySettings().toBuilder()
          .setMaxAttempts(3)
          .setInitialRetryDelayDuration(Duration.ofMillis(200))
          .setRetryDelayMultiplier(2)
          .setMaxRetryDelayDuration(Duration.ofSeconds(5))
          .setTotalTimeoutDuration(Duration.ofSeconds(100))
          .build();

  private final HttpStorageOptions options;
  private final GcsStoreSettings settings;
  private final Storage storage;
  private final GcsRawHttp http;
  private final GcsReader reader;
  private final GcsRequests requests;
  private final GcsWrites writes;
  private final ReentrantLock uploadsLock = new ReentrantLock();
  private Optional<MultipartUploads> uploads = Optional.empty();
  private final GcsSnapshots snapshots = new GcsSnapshots();
  private final ExactLooks looks = new ExactLooks();
  private final AttributesCodec codec = new AttributesCodec(AttributeRules.GCS);

  private GcsObjectStore(HttpStorageOptions options, GcsStoreSettings settings) {
    this.options = options;
    this.settings = settings;
    storage = options.getService();
    http = new GcsRawHttp(options);
    requests = new GcsRequests(storage);
    writes = new GcsWrites(storage, requests);
    reader = new GcsReader(storage, http, snapshots, looks, this::absence);
  }

  /** Opens a client; nothing is sent yet. */
  public static GcsObjectStore open(GcsStoreSettings settings) {
    HttpStorageOptions.Builder options =
        StorageOptions.http()
            .setRetrySettings(RETRIES)
            .setTransportOptions(
                HttpTransportOptions.newBuilder()
                    .setConnectTimeout(CONNECT_MILLIS)
                    .setReadTimeout(READ_MILLIS)
                    .build());
    settings
        .host()
        .ifPresent(
            host ->
                options
                    .setHost(host)
                    // No request of ours names a project; this one keeps the SDK from looking for
                    // the real one on the network.
                    .setProjectId("emulated")
                    .setCredentials(NoCredentials.getInstance()));
    settings.credentials().ifPresent(options::setCredentials);
    return new GcsObjectStore(options.build(), settings);
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Observation observe(ObjectLocation location) {
    GcsKeys.check(location);
    Blob blob;
    try {
      blob = storage.get(location.bucket().bucket(), location.key());
    } catch (StorageException e) {
      throw GcsErrors.translate(location, e);
    }
    if (blob == null) {
      requests.proveBucket(location);
      return new Observation.Absent(location);
    }
    requests.saw(location.bucket());
    return new Observation.Present(looks.remember(snapshots.of(location, blob)));
  }

  private StoreException absence(ObjectLocation location) {
    requests.proveBucket(location);
    return new StoreException.ObjectNotFound(location + " does not exist");
  }

  @Override
  public ObjectContent read(ReadRequest request) {
    GcsKeys.check(request.location());
    return reader.read(request);
  }

  @Override
  public ObjectVersion put(PutRequest request) {
    ObjectLocation location = request.location();
    GcsKeys.check(location);
    // The SDK computes and sends a checksum of its own, so this is the place to hold the bytes
    // against the announced one.
    if (!Crc32c.of(request.content()).equals(request.crc())) {
      throw new StoreException.IntegrityMismatch(location + ": the bytes are not those announced");
    }
    NativeAttributes attributes = codec.encode(request.attributes(), request.stamp());
    BlobInfo.Builder blob =
        GcsWrites.describe(location, attributes, attributes.metadata(), request.placement());
    List<BlobTargetOption> options = new ArrayList<>(GcsPlacement.options(request.placement()));
    options.add(BlobTargetOption.disableGzipContent());
    options.addAll(GcsWrites.condition(request.condition()));
    try {
      return requests.written(location, create(blob.build(), request.content(), options));
    } catch (StorageException e) {
      throw requests.writeFailure(location, e);
    }
  }

  private Blob create(BlobInfo blob, ByteBuffer content, List<BlobTargetOption> options) {
    byte[] bytes;
    int offset;
    if (content.hasArray()) {
      bytes = content.array();
      offset = content.arrayOffset() + content.position();
    } else {
      bytes = new byte[content.remaining()];
      content.duplicate().get(bytes);
      offset = 0;
    }
    return storage.create(
        blob, bytes, offset, content.remaining(), options.toArray(BlobTargetOption[]::new));
  }

  @Override
  public ObjectVersion updateAttributes(AttributesUpdate update) {
    GcsKeys.check(update.current().location());
    return writes.updateAttributes(update);
  }

  @Override
  public ObjectVersion copyWithin(ObjectSnapshot source, ObjectLocation target) {
    if (!source.location().bucket().equals(target.bucket())) {
      throw new IllegalArgumentException(target + " is not in the bucket of " + source.location());
    }
    GcsKeys.check(target);
    return writes.copy(
        source,
        target,
        source.attributes(),
        Optional.empty(),
        new Placement(source.storageClass(), "", ""),
        WriteCondition.ifAbsent());
  }

  /** Made when it is asked for: most invocations at a cold start need none of it. */
  @Override
  public MultipartUploads multipart() {
    uploadsLock.lock();
    try {
      if (uploads.isEmpty()) {
        uploads = Optional.of(new GcsUploads(options, settings.stagingBucket(), http));
      }
      return uploads.get();
    } finally {
      uploadsLock.unlock();
    }
  }

  @Override
  public void delete(ObjectLocation location, WriteCondition condition) {
    GcsKeys.check(location);
    if (!(condition instanceof WriteCondition.IfUnchanged(ObjectVersion version))) {
      throw new IllegalArgumentException("what is to be deleted cannot be required to be absent");
    }
    requests.delete(location, version);
  }

  @Override
  public ListPage list(ListRequest request) {
    List<BlobListOption> options =
        new ArrayList<>(
            List.of(
                BlobListOption.pageSize(request.limit()),
                BlobListOption.fields(
                    BlobField.NAME, BlobField.SIZE, BlobField.UPDATED, BlobField.GENERATION)));
    if (!request.prefix().isEmpty()) {
      options.add(BlobListOption.prefix(request.prefix()));
    }
    if (!request.continuation().isEmpty()) {
      options.add(BlobListOption.pageToken(request.continuation()));
    }
    String bucket = request.bucket().bucket();
    Page<Blob> page;
    try {
      page = storage.list(bucket, options.toArray(BlobListOption[]::new));
    } catch (StorageException e) {
      throw e.getCode() == 404
          ? new StoreException.BucketNotFound(request.bucket() + " does not exist", e)
          : GcsErrors.translate(request.bucket(), e);
    }
    requests.saw(request.bucket());
    List<ListPage.Listed> objects = new ArrayList<>();
    String before = "";
    for (Blob blob : page.getValues()) {
      if (KeyOrder.UTF_8.compare(before, blob.getName()) >= 0
          || !blob.getName().startsWith(request.prefix())) {
        throw new StoreException.Unavailable(
            request.bucket() + ": a listing that is not in the order of its names' bytes");
      }
      before = blob.getName();
      objects.add(
          new ListPage.Listed(
              blob.getName(),
              blob.getSize(),
              blob.getUpdateTimeOffsetDateTime().toInstant(),
              Long.toString(blob.getGeneration())));
    }
    String next = page.getNextPageToken();
    return new ListPage(objects, next == null ? "" : next);
  }

  @Override
  public void close() {
    try (storage) {
      http.close();
    } catch (Exception e) {
      throw new StoreException.Unavailable("closing the connections to GCS", e);
    }
  }
}
