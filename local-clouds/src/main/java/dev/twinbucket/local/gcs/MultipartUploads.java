package dev.twinbucket.local.gcs;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open multipart uploads of the XML API. They never expire by themselves.
 *
 * @see <a href="https://cloud.google.com/storage/docs/multipart-uploads">XML API multipart
 *     uploads</a>
 * @see <a href="https://cloud.google.com/storage/quotas#requests">Quotas and limits</a>
 */
final class MultipartUploads {

  private static final int MAX_PART_NUMBER = 10_000;
  private static final long MAX_PART_BYTES = 5L * 1024 * 1024 * 1024;

  private final Clock clock;
  private final long minPartBytes;
  private final ObjectStore store;
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

  /**
   * @param minPartBytes size below which only the last part may lie
   */
  MultipartUploads(Clock clock, long minPartBytes, ObjectStore store) {
    this.clock = clock;
    this.minPartBytes = minPartBytes;
    this.store = store;
  }

  /** A part as it is listed. Its ETag is quoted. */
  record Part(int number, Content content, String etag, Instant modified) {}

  /** A part as the client names it at the end. */
  record PartName(int number, String etag) {}

  /** One open upload. Its parts are guarded by its own monitor. */
  static final class Upload {
    private final String id = UUID.randomUUID().toString().replace("-", "");
    private final String bucket;
    private final String key;
    private final ObjectAttributes attributes;
    private final Instant initiated;
    private final NavigableMap<Integer, Part> parts = new TreeMap<>();

    private Upload(String bucket, String key, ObjectAttributes attributes, Instant initiated) {
      this.bucket = bucket;
      this.key = key;
      this.attributes = attributes;
      this.initiated = initiated;
    }

    String id() {
      return id;
    }

    String bucket() {
      return bucket;
    }

    String key() {
      return key;
    }

    Instant initiated() {
      return initiated;
    }

    String storageClass() {
      return attributes.text("storageClass").orElse("STANDARD");
    }

    synchronized List<Part> partsAfter(int number) {
      return List.copyOf(parts.tailMap(number, false).values());
    }
  }

  void clear() {
    uploads.clear();
  }

  Upload create(String bucket, String key, ObjectAttributes attributes) {
    ObjectNames.require(key);
    store.bucket(bucket);
    Upload upload = new Upload(bucket, key, attributes, clock.instant());
    uploads.put(upload.id(), upload);
    return upload;
  }

  /** The open upload of this id; 404 unless it is for this object. */
  Upload require(String bucket, String key, String id) {
    Upload upload = uploads.get(id);
    if (upload == null || !upload.bucket.equals(bucket) || !upload.key.equals(key)) {
      throw GcsError.noSuchUpload();
    }
    return upload;
  }

  Part put(Upload upload, long number, Content content) {
    if (number < 1 || number > MAX_PART_NUMBER) {
      throw GcsError.invalid("Part number must be an integer between 1 and 10000, inclusive.");
    }
    if (content.size() > MAX_PART_BYTES) {
      throw new GcsError(
          400, "invalid", "EntityTooLarge", "Your proposed upload exceeds the maximum size.");
    }
    Part part =
        new Part(
            (int) number,
            content,
            "\"" + HexFormat.of().formatHex(content.md5Bytes()) + "\"",
            clock.instant());
    synchronized (upload) {
      require(upload.bucket, upload.key, upload.id);
      upload.parts.put(part.number(), part);
    }
    return part;
  }

  /** Makes the object, whatever stands there now: this operation takes no preconditions. */
  StoredObject complete(Upload upload, List<PartName> named) {
    synchronized (upload) {
      require(upload.bucket, upload.key, upload.id);
      List<Content> contents = chosen(upload, named);
      StoredObject stored =
          store.put(
              upload.bucket,
              upload.key,
              NewObject.assembled(upload.attributes, Content.concatenation(contents)),
              Preconditions.NONE);
      uploads.remove(upload.id);
      return stored;
    }
  }

  private List<Content> chosen(Upload upload, List<PartName> named) {
    if (named.isEmpty()) {
      throw XmlText.malformed();
    }
    List<Content> contents = new ArrayList<>();
    int previous = 0;
    for (PartName name : named) {
      if (name.number() <= previous) {
        throw new GcsError(
            400,
            "invalid",
            "InvalidPartOrder",
            "The list of parts was not in ascending order. The parts list must be specified in"
                + " order by part number.");
      }
      previous = name.number();
      Part part = upload.parts.get(name.number());
      if (part == null || !part.etag().equals("\"" + name.etag().replace("\"", "") + "\"")) {
        throw new GcsError(
            400,
            "invalid",
            "InvalidPart",
            "One or more of the specified parts could not be found. The part might not have been"
                + " uploaded, or the specified entity tag might not have matched the part's entity"
                + " tag.");
      }
      contents.add(part.content());
    }
    if (contents.stream().limit(contents.size() - 1L).anyMatch(c -> c.size() < minPartBytes)) {
      throw new GcsError(
          400,
          "invalid",
          "EntityTooSmall",
          "Your proposed upload is smaller than the minimum allowed object size.");
    }
    return contents;
  }

  void abort(Upload upload) {
    synchronized (upload) {
      if (uploads.remove(upload.id) == null) {
        throw GcsError.noSuchUpload();
      }
    }
  }

  /** Open uploads of a bucket by key, those of one key in the order in which they began. */
  List<Upload> list(String bucket) {
    store.bucket(bucket);
    return open().stream().filter(upload -> upload.bucket.equals(bucket)).toList();
  }

  List<Upload> open() {
    return uploads.values().stream()
        .sorted(
            Comparator.comparing(Upload::key, ObjectNames.ORDER)
                .thenComparing(Upload::initiated)
                .thenComparing(Upload::id))
        .toList();
  }
}
