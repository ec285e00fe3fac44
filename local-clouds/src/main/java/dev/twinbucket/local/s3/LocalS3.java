package dev.twinbucket.local.s3;

import dev.twinbucket.local.http.FaultScript;
import dev.twinbucket.local.http.LocalHttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An embedded Amazon S3 on 127.0.0.1. It answers the official SDKs and the aws command line,
 * path-style or under {@code bucket.localhost}, with any credentials. Safe for use by several
 * threads; operations on one bucket are linearizable. Closing it forgets everything.
 */
public final class LocalS3 implements AutoCloseable {
  private final BucketDirectory buckets;
  private final ContentStore contents;
  private final Notifier notifier;
  private final S3Service service;
  private final LocalHttpServer server;
  private final String region;

  private LocalS3(Builder builder) {
    this.region = builder.region;
    this.buckets = new BucketDirectory(builder.clock);
    this.contents =
        builder.folder.<ContentStore>map(DiskContentStore::new).orElseGet(MemoryContentStore::new);
    this.notifier = new Notifier(builder.clock);
    this.service =
        new S3Service(buckets, contents, notifier, builder.clock, region, builder.smallestPart);
    builder.buckets.forEach(this::createBucket);
    this.server = LocalHttpServer.start(builder.port, service);
  }

  /** Begins the configuration of a server. */
  public static Builder builder() {
    return new Builder();
  }

  /** A server on a free port without buckets. */
  public static LocalS3 start() {
    return builder().start();
  }

  /** The address for path-style clients, such as {@code http://127.0.0.1:40123}. */
  public String endpoint() {
    return server.endpoint();
  }

  /** The port that the server listens on. */
  public int port() {
    return server.port();
  }

  /** The region of buckets that name none. */
  public String region() {
    return region;
  }

  /** The faults to inject into calls. */
  public FaultScript faults() {
    return server.faults();
  }

  /** While on, every call is answered with 403 InvalidAccessKeyId, as after a rotation. */
  public void refuseCredentials(boolean refuse) {
    service.authentication().refuse(refuse);
  }

  /** Creates a bucket. */
  public void createBucket(String bucket, Versioning versioning) {
    buckets.create(bucket, region).setVersioning(versioning);
  }

  /** Changes the versioning of a bucket. */
  public void setVersioning(String bucket, Versioning versioning) {
    buckets.get(bucket).setVersioning(versioning);
  }

  /** The names of the buckets, sorted. */
  public List<String> buckets() {
    return buckets.all().stream().map(Bucket::name).toList();
  }

  /** The current object of a key, empty when it is absent or deleted. */
  public Optional<StoredObject> object(String bucket, String key) {
    return buckets.get(bucket).current(key).map(StoredObject::new);
  }

  /** The current objects of a bucket, in the order of S3 listings. */
  public List<StoredObject> objects(String bucket) {
    return buckets.get(bucket).currentObjects("").stream().map(StoredObject::new).toList();
  }

  /** All versions and delete markers of a bucket, by key, newest first. */
  public List<StoredObject> versions(String bucket) {
    return buckets.get(bucket).allVersions().stream().map(StoredObject::new).toList();
  }

  /** The multipart uploads of a bucket that are still open. */
  public List<OpenUpload> openUploads(String bucket) {
    return buckets.get(bucket).uploads().stream()
        .map(
            u ->
                new OpenUpload(
                    u.key(),
                    u.id(),
                    u.initiated(),
                    u.parts().stream().map(UploadedPart::number).toList(),
                    u.parts().stream().mapToLong(part -> part.content().length()).sum()))
        .toList();
  }

  /** Writes an object as a user's PUT would, without HTTP, with its notification. */
  public StoredObject put(String bucket, String key, byte[] bytes) {
    return put(bucket, key, bytes, Map.of());
  }

  /** The same with user metadata, whose names must be in lower case. */
  public StoredObject put(
      String bucket, String key, byte[] bytes, Map<String, String> userMetadata) {
    ObjectWrites.checkKey(key);
    Bucket found = buckets.get(bucket);
    try {
      Content content = contents.keep(new ByteArrayInputStream(bytes));
      ObjectAttributes attributes =
          new ObjectAttributes(
              Map.of("content-type", "binary/octet-stream"), userMetadata, "STANDARD", "private");
      NewObject object =
          new NewObject(
              key,
              content,
              HexFormat.of().formatHex(ContentInput.md5(content)),
              attributes,
              Map.of(),
              Optional.of(StoredChecksum.of(content, ChecksumAlgorithm.CRC64NVME)),
              List.of());
      Bucket.Committed committed = found.put(object, new WriteCondition.Any());
      notifier.publish(found, EventType.OBJECT_CREATED_PUT, committed);
      return new StoredObject(committed.version());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes as a user's DELETE without a version id would, with its notification. */
  public void delete(String bucket, String key) {
    service.deletes().byUser(buckets.get(bucket), key);
  }

  /**
   * Does what a lifecycle rule does when an object has reached its age, with its notification.
   *
   * @return whether there was an object
   */
  public boolean expire(String bucket, String key) {
    return service.deletes().expire(buckets.get(bucket), key);
  }

  /** Adds a listener that is told about every change in every bucket. */
  public void onNotification(NotificationListener listener) {
    notifier.add(listener);
  }

  /** Removes a listener. */
  public void removeListener(NotificationListener listener) {
    notifier.remove(listener);
  }

  /** Connects the queues that PutBucketNotificationConfiguration can name. */
  public void connectQueues(QueueSender queues) {
    notifier.connect(queues);
  }

  /**
   * Configures a bucket to tell a queue about creations, removals, tags, restores and expiries, and
   * sends the queue the test message.
   *
   * @throws IllegalArgumentException if no connected queue has this ARN
   */
  public void notifyQueue(String bucket, String queueArn) {
    if (!notifier.queues().exists(queueArn)) {
      throw new IllegalArgumentException("No such queue: " + queueArn);
    }
    List<String> events =
        List.of(
            "s3:ObjectCreated:*",
            "s3:ObjectRemoved:*",
            "s3:ObjectTagging:*",
            "s3:ObjectRestore:Completed",
            "s3:LifecycleExpiration:*");
    Bucket found = buckets.get(bucket);
    found.setNotifications(
        new NotificationConfiguration(
            List.of(new NotificationConfiguration.Queue("local", queueArn, events, "", ""))));
    notifier.publishTest(found, queueArn);
  }

  /** How many calls of each operation came over HTTP since the start or the last reset. */
  public Map<S3Operation, Long> requests() {
    return service.counts();
  }

  /** How many calls of this operation came over HTTP since the start or the last reset. */
  public long requests(S3Operation operation) {
    return service.counts().getOrDefault(operation, 0L);
  }

  /** Sets the counts of calls to zero. */
  public void resetRequests() {
    service.resetCounts();
  }

  /** Forgets all buckets, counts and faults. Listeners and queues stay connected. */
  public void reset() {
    buckets.clear();
    service.resetCounts();
    service.authentication().refuse(false);
    server.faults().clear();
  }

  @Override
  public void close() {
    server.close();
    buckets.clear();
  }

  /** The configuration of a server. */
  public static final class Builder {
    private int port;
    private String region = "us-east-1";
    private InstantSource clock = InstantSource.system();
    private Optional<Path> folder = Optional.empty();
    private long smallestPart = 5L * 1024 * 1024;
    private final Map<String, Versioning> buckets = new LinkedHashMap<>();

    private Builder() {}

    /** The port to listen on; 0, the default, means a free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** The region of buckets that name none; us-east-1 by default. */
    public Builder region(String region) {
      this.region = region;
      return this;
    }

    /** The clock behind Last-Modified, event times and restores. */
    public Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /** A bucket that is there from the start. */
    public Builder bucket(String name, Versioning versioning) {
      buckets.put(name, versioning);
      return this;
    }

    /** An unversioned bucket that is there from the start. */
    public Builder bucket(String name) {
      return bucket(name, Versioning.UNVERSIONED);
    }

    /** Keeps bytes in files of this existing, empty folder in place of the heap. */
    public Builder storeBytesIn(Path folder) {
      this.folder = Optional.of(folder);
      return this;
    }

    /** The smallest part that is not the last, in bytes; 5 MiB by default as in the real S3. */
    public Builder smallestPart(long bytes) {
      this.smallestPart = bytes;
      return this;
    }

    /** Starts the server. */
    public LocalS3 start() {
      return new LocalS3(this);
    }
  }
}
