package dev.twinbucket.local.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The objects of one bucket. Every method is atomic: conditions are judged and changes made under
 * the bucket's lock, so that operations on it are linearizable. Bytes move outside of the lock.
 */
final class Bucket {
  private static final Content NOTHING =
      new Content() {
        @Override
        public long length() {
          return 0;
        }

        @Override
        public void write(OutputStream out, long offset, long count) throws IOException {
          // There is nothing to write.
        }
      };

  private final String name;
  private final String region;
  private final Instant created;
  private final InstantSource clock;
  private final NavigableMap<String, List<ObjectVersion>> keys = new TreeMap<>(Utf8Order.INSTANCE);
  private final Map<String, MultipartUpload> uploads = new HashMap<>();
  private Versioning versioning = Versioning.UNVERSIONED;
  private NotificationConfiguration notifications = NotificationConfiguration.NONE;
  private long counter;

  Bucket(String name, String region, InstantSource clock) {
    this.name = name;
    this.region = region;
    this.clock = clock;
    this.created = now();
  }

  String name() {
    return name;
  }

  String region() {
    return region;
  }

  Instant created() {
    return created;
  }

  synchronized Versioning versioning() {
    return versioning;
  }

  synchronized void setVersioning(Versioning state) {
    versioning = state;
  }

  synchronized NotificationConfiguration notifications() {
    return notifications;
  }

  synchronized void setNotifications(NotificationConfiguration configuration) {
    notifications = configuration;
  }

  /** Whether neither versions nor delete markers are left. Open uploads do not count. */
  synchronized boolean isEmpty() {
    return keys.isEmpty();
  }

  /** The current object, empty when the key is absent or a delete marker stands on it. */
  synchronized Optional<ObjectVersion> current(String key) {
    return newest(key).filter(v -> !v.deleteMarker());
  }

  /** The newest version or delete marker of a key. */
  synchronized Optional<ObjectVersion> newest(String key) {
    List<ObjectVersion> history = keys.get(key);
    return history == null ? Optional.empty() : Optional.of(history.getFirst());
  }

  /** A version or delete marker by its id. */
  synchronized Optional<ObjectVersion> version(String key, String versionId) {
    return keys.getOrDefault(key, List.of()).stream()
        .filter(v -> v.versionId().equals(versionId))
        .findFirst();
  }

  /** Makes the object the current version, if the condition holds. */
  synchronized Committed put(NewObject object, WriteCondition condition) {
    condition.check(current(object.key()), object.key());
    return add(object, false);
  }

  /**
   * A delete without a version id: removes the object, or puts a delete marker on it.
   *
   * @return what was removed or made; empty when there was nothing to remove
   */
  synchronized Optional<Committed> delete(String key, WriteCondition condition) {
    Optional<ObjectVersion> current = current(key);
    condition.check(current, key);
    if (versioning == Versioning.UNVERSIONED) {
      keys.remove(key);
      return current.map(v -> new Committed(v, nextSequencer(), Versioning.UNVERSIONED));
    }
    NewObject marker =
        new NewObject(
            key,
            NOTHING,
            "d41d8cd98f00b204e9800998ecf8427e",
            new ObjectAttributes(Map.of(), Map.of(), "STANDARD", "private"),
            Map.of(),
            Optional.empty(),
            List.of());
    return Optional.of(add(marker, true));
  }

  /** Removes one version or delete marker for good. */
  synchronized Optional<Committed> deleteVersion(
      String key, String versionId, WriteCondition condition) {
    if (!(condition instanceof WriteCondition.Any)) {
      condition.check(current(key), key);
      if (current(key).filter(v -> v.versionId().equals(versionId)).isEmpty()) {
        throw ErrorCode.PRECONDITION_FAILED.failure().element("Condition", "If-Match");
      }
    }
    Optional<ObjectVersion> found = version(key, versionId);
    found.ifPresent(v -> drop(key, versionId));
    return found.map(v -> new Committed(v, nextSequencer(), versioning));
  }

  /** Replaces what is kept beside the bytes of a version; its age and place stay as they are. */
  synchronized Committed change(
      String key, String versionId, UnaryOperator<ObjectVersion> replacement) {
    List<ObjectVersion> history = keys.getOrDefault(key, List.of());
    for (int i = 0; i < history.size(); i++) {
      if (history.get(i).versionId().equals(versionId)) {
        ObjectVersion changed = replacement.apply(history.get(i));
        history.set(i, changed);
        return new Committed(changed, nextSequencer(), versioning);
      }
    }
    throw ErrorCode.NO_SUCH_KEY.failure().element("Key", key);
  }

  /** All versions and delete markers, by key in UTF-8 order, newest first within a key. */
  synchronized List<ObjectVersion> allVersions() {
    return keys.values().stream().flatMap(List::stream).toList();
  }

  /** The current objects whose keys are not before {@code from}, in UTF-8 order of their keys. */
  synchronized List<ObjectVersion> currentObjects(String from) {
    return keys.tailMap(from, true).values().stream()
        .map(List::getFirst)
        .filter(v -> !v.deleteMarker())
        .toList();
  }

  synchronized void open(MultipartUpload upload) {
    uploads.put(upload.id(), upload);
  }

  /** An open upload of this key. */
  synchronized MultipartUpload upload(String key, String uploadId) {
    MultipartUpload upload = uploads.get(uploadId);
    if (upload == null || !upload.key().equals(key)) {
      throw ErrorCode.NO_SUCH_UPLOAD.failure().element("UploadId", uploadId);
    }
    return upload;
  }

  synchronized void abort(String key, String uploadId) {
    uploads.remove(upload(key, uploadId).id());
  }

  /** Publishes an upload: condition, commit and end of the upload are one step. */
  synchronized Committed complete(String uploadId, NewObject object, WriteCondition condition) {
    upload(object.key(), uploadId);
    Committed committed = put(object, condition);
    uploads.remove(uploadId);
    return committed;
  }

  synchronized List<MultipartUpload> uploads() {
    return uploads.values().stream().sorted(MultipartUpload.LISTING_ORDER).toList();
  }

  /** The time in whole seconds, which is as fine as S3 shows it. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** A number that this bucket has not given away before. */
  synchronized long nextNonce() {
    return ++counter;
  }

  private Committed add(NewObject object, boolean marker) {
    String sequencer = nextSequencer();
    String id = versioning == Versioning.ENABLED ? newVersionId() : ObjectVersion.NULL_ID;
    if (versioning != Versioning.ENABLED) {
      drop(object.key(), ObjectVersion.NULL_ID);
    }
    ObjectVersion version = new ObjectVersion(id, object, now(), marker, Optional.empty());
    keys.computeIfAbsent(object.key(), k -> new ArrayList<>()).addFirst(version);
    return new Committed(version, sequencer, versioning);
  }

  private void drop(String key, String versionId) {
    List<ObjectVersion> history = keys.get(key);
    if (history != null) {
      history.removeIf(v -> v.versionId().equals(versionId));
      if (history.isEmpty()) {
        keys.remove(key);
      }
    }
  }

  /** Opaque like the real ones: nothing in it grows. */
  private String newVersionId() {
    byte[] seed = (name + '/' + counter).getBytes(StandardCharsets.UTF_8);
    byte[] hash = ChecksumAlgorithm.digest("SHA-256").digest(seed);
    return HexFormat.of().formatHex(hash, 0, 16);
  }

  private String nextSequencer() {
    counter++;
    return String.format("%018X", 0x55_0000_0000_0000L + counter * 0x101);
  }

  /**
   * A change that was made.
   *
   * @param version the version that was made, changed or removed
   * @param sequencer grows with every change of the bucket
   * @param versioning the bucket's state at the time
   */
  record Committed(ObjectVersion version, String sequencer, Versioning versioning) {
    /** The version id to show, which objects of a bucket that never had versioning do not have. */
    Optional<String> shownVersionId() {
      return versioning == Versioning.UNVERSIONED
          ? Optional.empty()
          : Optional.of(version.versionId());
    }
  }
}
