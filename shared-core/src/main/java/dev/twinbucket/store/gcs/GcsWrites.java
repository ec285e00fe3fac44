package dev.twinbucket.store.gcs;

import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.CopyRequest;
import com.google.cloud.storage.Storage.MoveBlobRequest;
import com.google.cloud.storage.StorageClass;
import com.google.cloud.storage.StorageException;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.store.AttributesUpdate;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.store.adapter.AttributeRules;
import dev.twinbucket.store.adapter.AttributesCodec;
import dev.twinbucket.store.adapter.NativeAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes that move no bytes through here: patches, copies, moves. All of them have conditions. */
final class GcsWrites {
  private final Storage storage;
  private final GcsRequests requests;
  private final GcsSnapshots snapshots = new GcsSnapshots();
  private final AttributesCodec codec = new AttributesCodec(AttributeRules.GCS);

  GcsWrites(Storage storage, GcsRequests requests) {
    this.storage = storage;
    this.requests = requests;
  }

  /** The resource of an object, placement but for its class apart. */
  static BlobInfo.Builder describe(
      ObjectLocation location,
      NativeAttributes attributes,
      Map<String, String> metadata,
      Placement placement) {
    SystemHeaders headers = attributes.headers();
    BlobInfo.Builder blob =
        BlobInfo.newBuilder(location.bucket().bucket(), location.key())
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
    if (!placement.storageClass().isEmpty()) {
      blob.setStorageClass(StorageClass.valueOf(placement.storageClass()));
    }
    return blob;
  }

  static List<BlobTargetOption> condition(WriteCondition condition) {
    return switch (condition) {
      case WriteCondition.IfAbsent() -> List.of(BlobTargetOption.doesNotExist());
      case WriteCondition.IfUnchanged(var version) -> unchanged(version);
    };
  }

  static List<BlobTargetOption> unchanged(ObjectVersion version) {
    return List.of(
        BlobTargetOption.generationMatch(Long.parseLong(version.writeId())),
        BlobTargetOption.metagenerationMatch(Long.parseLong(version.revision())));
  }

  /** Replaces the attributes of an object where it is. */
  ObjectVersion updateAttributes(AttributesUpdate update) {
    ObjectSnapshot current = update.current();
    ObjectLocation location = current.location();
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
              describe(location, attributes, metadata, Placement.DEFAULT).build(),
              options.toArray(BlobTargetOption[]::new)));
    } catch (StorageException e) {
      throw requests.writeFailure(location, e);
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

  /** Some servers answer a patch with less than GCS does; then a look must find what we wrote. */
  private ObjectVersion updated(AttributesUpdate update, BlobInfo blob) {
    ObjectLocation location = update.current().location();
    if (GcsRequests.isVersioned(blob)) {
      return requests.written(location, blob);
    }
    return Optional.ofNullable(storage.get(location.bucket().bucket(), location.key()))
        .map(found -> snapshots.of(location, found))
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

  /**
   * Copies just that version inside GCS, into any bucket, with attributes of its own. One request
   * in most cases; as many as GCS asks for if the bytes have to go elsewhere.
   */
  ObjectVersion copy(
      ObjectSnapshot source,
      ObjectLocation target,
      ObjectAttributes attributes,
      Optional<Provenance> stamp,
      Placement placement,
      WriteCondition condition) {
    NativeAttributes encoded = codec.encode(attributes, stamp);
    List<BlobTargetOption> options = new ArrayList<>(GcsPlacement.options(placement));
    options.addAll(condition(condition));
    CopyRequest copy =
        CopyRequest.newBuilder()
            .setSource(id(source.location()))
            .setSourceOptions(pinned(source.version()))
            .setTarget(describe(target, encoded, encoded.metadata(), placement).build(), options)
            .build();
    try {
      return requests.written(target, storage.copy(copy).getResult());
    } catch (StorageException e) {
      throw requests.writeFailure(target, e);
    }
  }

  /**
   * Renames just that version inside its bucket, in one instant; what it carries stays as it is.
   *
   * @see <a href="https://docs.cloud.google.com/storage/docs/json_api/v1/objects/move">Objects:
   *     move</a>
   */
  ObjectVersion move(ObjectSnapshot source, ObjectLocation target, WriteCondition condition) {
    MoveBlobRequest move =
        MoveBlobRequest.newBuilder()
            .setSource(id(source.location()))
            .setSourceOptions(pinned(source.version()))
            .setTarget(id(target))
            .setTargetOptions(condition(condition))
            .build();
    try {
      return requests.written(target, storage.moveBlob(move));
    } catch (StorageException e) {
      throw requests.writeFailure(target, e);
    }
  }

  private static BlobId id(ObjectLocation location) {
    return BlobId.of(location.bucket().bucket(), location.key());
  }

  private static List<BlobSourceOption> pinned(ObjectVersion version) {
    return List.of(
        BlobSourceOption.generationMatch(Long.parseLong(version.writeId())),
        BlobSourceOption.metagenerationMatch(Long.parseLong(version.revision())));
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
