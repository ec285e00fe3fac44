package dev.twinbucket.local.gcs;

import dev.twinbucket.local.http.FaultScript;
import dev.twinbucket.local.http.HttpCall;
import dev.twinbucket.local.http.LocalHttpServer;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An embedded Cloud Storage on loopback: the JSON API, the XML API and object notifications, as
 * strict as the service about preconditions, names, checksums and part sizes. Objects live in
 * memory. Requests are not authenticated. Safe for use by several threads.
 *
 * @see <a href="https://cloud.google.com/storage/docs/json_api">JSON API</a>
 * @see <a href="https://cloud.google.com/storage/docs/xml-api/overview">XML API</a>
 */
public final class LocalGcs implements AutoCloseable {

  private final ObjectStore store;
  private final RequestCounts counts = new RequestCounts();
  private final JsonUploads uploads;
  private final JsonApi json;
  private final BatchApi batch;
  private final MultipartUploads multipartUploads;
  private final XmlApi xml;
  private final List<Consumer<GcsNotification>> listeners = new CopyOnWriteArrayList<>();
  private final LocalHttpServer server;

  private LocalGcs(Builder settings) {
    this.store = new ObjectStore(settings.clock, settings.limitMutationRate, this::announce);
    this.uploads = new JsonUploads(store, counts);
    this.json =
        new JsonApi(
            new JsonBuckets(store, counts, settings.projectId),
            new JsonObjects(store, counts),
            uploads,
            counts);
    this.batch = new BatchApi(json, counts);
    this.multipartUploads = new MultipartUploads(settings.clock, settings.minPartBytes, store);
    this.xml =
        new XmlApi(
            new XmlBuckets(store, counts),
            new XmlObjects(store, counts),
            new XmlMultipartApi(multipartUploads, counts),
            counts);
    this.server = LocalHttpServer.start(settings.port, this::handle);
  }

  /** Starts a server with default settings on a free port. */
  public static LocalGcs start() {
    return builder().start();
  }

  /** Settings of a server to be. */
  public static Builder builder() {
    return new Builder();
  }

  /** What may be chosen before the start. */
  public static final class Builder {
    private int port;
    private Clock clock = Clock.systemUTC();
    private String projectId = "local-project";
    private boolean limitMutationRate;
    private long minPartBytes = 5L * 1024 * 1024;

    private Builder() {}

    /** The port to listen on; 0, the default, takes a free one. */
    public Builder port(int chosen) {
      port = chosen;
      return this;
    }

    /** The source of timestamps and generations; the system's by default. */
    public Builder clock(Clock chosen) {
      clock = chosen;
      return this;
    }

    /** The project that owns the buckets. */
    public Builder projectId(String chosen) {
      projectId = chosen;
      return this;
    }

    /**
     * Refuses more than one mutation of an object a second with 429.
     *
     * @see <a href="https://cloud.google.com/storage/quotas#objects">Quotas: objects</a>
     */
    public Builder limitMutationRate(boolean limited) {
      limitMutationRate = limited;
      return this;
    }

    /**
     * The least size of every part but the last of an XML API multipart upload. The service's 5 MiB
     * by default; smaller only to keep a test small.
     */
    public Builder minPartBytes(long least) {
      minPartBytes = least;
      return this;
    }

    /** Starts the server. */
    public LocalGcs start() {
      return new LocalGcs(this);
    }
  }

  /** The address without a trailing slash, for {@code STORAGE_EMULATOR_HOST} or {@code setHost}. */
  public String endpoint() {
    return server.endpoint();
  }

  /** The port that the server listens on. */
  public int port() {
    return server.port();
  }

  /** Faults to inject into requests. */
  public FaultScript faults() {
    return server.faults();
  }

  /** Creates an unversioned bucket. */
  public LocalGcs createBucket(String name) {
    return createBucket(name, BucketSettings.DEFAULT);
  }

  /**
   * Creates a bucket.
   *
   * @throws IllegalStateException if there is one of this name
   */
  public LocalGcs createBucket(String name, BucketSettings settings) {
    try {
      store.createBucket(name, settings);
      return this;
    } catch (GcsError e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Names of all buckets, sorted. */
  public List<String> buckets() {
    return store.listBuckets().stream().map(BucketState::name).toList();
  }

  /**
   * The live objects of a bucket in listing order.
   *
   * @throws IllegalArgumentException if there is no such bucket
   */
  public List<GcsObjectView> objects(String bucket) {
    return view(bucket, false);
  }

  /**
   * All generations of a bucket in listing order, noncurrent ones included.
   *
   * @throws IllegalArgumentException if there is no such bucket
   */
  public List<GcsObjectView> generations(String bucket) {
    return view(bucket, true);
  }

  /** The live object of this name. */
  public Optional<GcsObjectView> object(String bucket, String name) {
    return inProcess(() -> store.live(bucket, name)).map(GcsObjectView::of);
  }

  /** The bytes of the live object of this name, as they are stored. */
  public Optional<byte[]> bytes(String bucket, String name) {
    return inProcess(() -> store.live(bucket, name)).map(object -> object.content().bytes());
  }

  /** Resumable sessions that were started and neither finished nor cancelled. */
  public int openResumableUploads() {
    return uploads.openSessions();
  }

  /** XML API multipart uploads that were neither completed nor aborted. */
  public List<GcsUploadView> openMultipartUploads() {
    return multipartUploads.open().stream().map(GcsUploadView::of).toList();
  }

  /** How often each operation was asked for since the start or the last reset. */
  public Map<GcsOperation, Long> requests() {
    return counts.snapshot();
  }

  /** How often this operation was asked for. */
  public long requests(GcsOperation operation) {
    return counts.snapshot().getOrDefault(operation, 0L);
  }

  /** Sets the counts of requests to zero. */
  public void resetRequests() {
    counts.reset();
  }

  /** Drops all buckets, objects, uploads, counts and faults. Listeners stay. */
  public void reset() {
    store.clear();
    uploads.clear();
    multipartUploads.clear();
    counts.reset();
    server.faults().clear();
  }

  /**
   * Adds a receiver of notifications. It is called in the thread of the request that caused the
   * change, before that request is answered, once per change.
   */
  public void onChange(Consumer<GcsNotification> listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {
    server.close();
  }

  private List<GcsObjectView> view(String bucket, boolean versions) {
    Listing.Query all =
        new Listing.Query("", "", false, "", "", versions, Optional.empty(), Integer.MAX_VALUE);
    return inProcess(() -> store.list(bucket, all)).objects().stream()
        .map(GcsObjectView::of)
        .toList();
  }

  private static <T> T inProcess(Supplier<T> action) {
    try {
      return action.get();
    } catch (GcsError e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private void announce(ObjectChange change) {
    GcsNotification notification = GcsNotification.of(change, endpoint());
    listeners.forEach(listener -> listener.accept(notification));
  }

  private void handle(HttpCall call) throws IOException {
    answer(call).sendTo(call);
  }

  private GcsReply answer(HttpCall call) throws IOException {
    boolean isBatch = BatchApi.owns(call.rawPath());
    boolean isJson = isBatch || JsonApi.owns(call.rawPath());
    try {
      GcsRequest request = request(call);
      if (isBatch) {
        return batch.handle(request);
      }
      return isJson ? json.handle(request) : xml.handle(request);
    } catch (GcsError e) {
      return errorReply(isJson, e);
    } catch (IllegalArgumentException e) {
      return errorReply(isJson, GcsError.invalid(e.getMessage()));
    }
  }

  private static GcsReply errorReply(boolean isJson, GcsError error) {
    return isJson ? JsonApi.errorReply(error) : XmlApi.errorReply(error);
  }

  private static GcsRequest request(HttpCall call) {
    String method =
        call.header("X-HTTP-Method-Override")
            .map(name -> name.toUpperCase(Locale.ROOT))
            .orElse(call.method());
    return new GcsRequest(
        method,
        call.rawPath(),
        call.query(),
        call.headers(),
        call.body(),
        "http://" + call.line().host());
  }
}
