package dev.twinbucket.store.gcs;

import com.google.api.gax.paging.Page;
import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageClass;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.KeyOrder;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.store.AttributesUpdate;
import dev.twinbucket.store.Capabilities;
import dev.twinbucket.store.ListPage;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.MultipartUploads;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.store.adapter.AttributeRules;
import dev.twinbucket.store.adapter.AttributesCodec;
import dev.twinbucket.store.adapter.BucketProofs;
import dev.twinbucket.store.adapter.NativeAttributes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Google Cloud Storage. */
public final class GcsObjectStore implements ObjectStore {
  private static final Capabilities CAPABILITIES =
      new Capabilities(true, true, true, true, false, 5L << 40);
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

  private final Storage storage;
  private final GcsRawHttp http;
  private final GcsReader reader;
  private final GcsSnapshots snapshots = new GcsSnapshots();
  private final ExactLooks looks = new ExactLooks();
  private final AttributesCodec codec = new AttributesCodec(AttributeRules.GCS);
  private final BucketProofs buckets = new BucketProofs(System::nanoTime);

  private GcsObjectStore(StorageOptions options) {
    storage = options.getService();
    http = new GcsRawHttp(options);
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
    return new GcsObjectStore(options.build());
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
      proveBucket(location);
      return new Observation.Absent(location);
    }
    buckets.saw(location.bucket().bucket());
    return new Observation.Present(looks.remember(snapshots.of(location, blob)));
  }

  private StoreException absence(ObjectLocation location) {
    proveBucket(location);
    return new StoreException.ObjectNotFound(location + " does not exist");
  }

  /** The SDK says the same of a missing object and of a missing bucket; a listing does not. */
  private void proveBucket(ObjectLocation location) {
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
    BlobInfo.Builder blob = describe(location, attributes, attributes.metadata());
    if (!request.placement().storageClass().isEmpty()) {
      blob.setStorageClass(StorageClass.valueOf(request.placement().storageClass()));
    }
    List<BlobTargetOption> options = new ArrayList<>(GcsPlacement.options(request.placement()));
    options.add(BlobTargetOption.disableGzipContent());
    switch (request.condition()) {
      case WriteCondition.IfAbsent() -> options.add(BlobTargetOption.doesNotExist());
      case WriteCondition.IfUnchanged(var version) -> options.addAll(unchanged(version));
    }
    try {
      return written(location, create(blob.build(), request.content(), options));
    } catch (StorageException e) {
      throw writeFailure(location, e);
    }
  }

  private static BlobInfo.Builder describe(
      ObjectLocation location, NativeAttributes attributes, Map<String, String> metadata) {
    SystemHeaders headers = attributes.headers();
    return BlobInfo.newBuilder(location.bucket().bucket(), location.key())
        .setContentType(headers.contentType())
        .setCacheControl(orNull(headers.cacheControl()))
        .setContentDisposition(orNull(headers.contentDisposition()))
        .setContentEncoding(orNull(headers.contentEncoding()))
        .setContentLanguage(orNull(headers.contentLanguage()))
        .setCustomTimeOffsetDateTime(
            headers.customTime().isEmpty()
                ? null
                : Instant.parse(headers.customTime()).atOffset(ZoneOffset.UTC))
        .setMetadata(metadata);
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

  private ObjectVersion written(ObjectLocation location, BlobInfo blob) {
    buckets.saw(location.bucket().bucket());
    if (!isVersioned(blob)) {
      throw new StoreException.Unavailable(location + ": an answer to a write that is not GCS's");
    }
    return ObjectVersion.named(
        Long.toString(blob.getGeneration()), Long.toString(blob.getMetageneration()));
  }

  private static boolean isVersioned(BlobInfo blob) {
    return blob.getGeneration() != null && blob.getMetageneration() != null;
  }

  /** Some servers answer a patch with less than GCS does; then a look must find what we wrote. */
  private ObjectVersion updated(AttributesUpdate update, BlobInfo blob) {
    ObjectLocation location = update.current().location();
    if (isVersioned(blob)) {
      return written(location, blob);
    }
    return observe(location)
        .object()
        .filter(
            found ->
                update.stamp().isPresent()
                    ? found.provenance().equals(update.stamp())
                    : found.attributes().equals(update.attributes()))
        .map(ObjectSnapshot::version)
        .orElseThrow(
            () ->
                new StoreException.ConditionFailed(
                    location + " was replaced while it was changed"));
  }

  private static List<BlobTargetOption> unchanged(ObjectVersion version) {
    return List.of(
        BlobTargetOption.generationMatch(Long.parseLong(version.writeId())),
        BlobTargetOption.metagenerationMatch(Long.parseLong(version.revision())));
  }

  /** A condition on an object that is gone is answered by 404; that is a failed condition. */
  private StoreException writeFailure(ObjectLocation location, StorageException failure) {
    StoreException translated = GcsErrors.translate(location, failure);
    if (translated instanceof StoreException.ObjectNotFound) {
      proveBucket(location);
      return new StoreException.ConditionFailed(translated.getMessage(), failure);
    }
    return translated;
  }

  @Override
  public ObjectVersion updateAttributes(AttributesUpdate update) {
    ObjectSnapshot current = update.current();
    ObjectLocation location = current.location();
    GcsKeys.check(location);
    NativeAttributes attributes = codec.encode(update.attributes(), update.stamp());
    requireLaterCustomTime(current, attributes.headers().customTime());
    Map<String, String> metadata = new HashMap<>();
    for (String reserved : AttributesCodec.reservedEntries()) {
      metadata.put(reserved, null);
    }
    for (String name : current.attributes().userMetadata().keySet()) {
      metadata.put(name, null);
    }
    metadata.putAll(attributes.metadata());
    List<BlobTargetOption> options = new ArrayList<>(GcsPlacement.acl(update.placement()));
    options.addAll(unchanged(current.version()));
    try {
      return updated(
          update,
          storage.update(
              describe(location, attributes, metadata).build(),
              options.toArray(BlobTargetOption[]::new)));
    } catch (StorageException e) {
      throw writeFailure(location, e);
    }
  }

  /** GCS lets a custom time only move forward until the object is written anew. */
  private static void requireLaterCustomTime(ObjectSnapshot current, String wanted) {
    String held = current.attributes().system().customTime();
    boolean forward =
        held.isEmpty()
            || held.equals(wanted)
            || (!wanted.isEmpty() && Instant.parse(wanted).isAfter(Instant.parse(held)));
    if (!forward) {
      throw new StoreException.Unsupported(
          current.location() + ": a custom time cannot be taken back");
    }
  }

  @Override
  public ObjectVersion copyWithin(ObjectSnapshot source, ObjectLocation target) {
    throw new StoreException.Unsupported(source.location() + " cannot be copied here yet");
  }

  @Override
  public MultipartUploads multipart() {
    throw new StoreException.Unsupported("multipart uploads are not implemented yet");
  }

  @Override
  public void delete(ObjectLocation location, WriteCondition condition) {
    GcsKeys.check(location);
    if (!(condition instanceof WriteCondition.IfUnchanged(ObjectVersion version))) {
      throw new IllegalArgumentException("what is to be deleted cannot be required to be absent");
    }
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
    buckets.saw(location.bucket().bucket());
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
    buckets.saw(bucket);
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

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
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
