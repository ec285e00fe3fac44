package dev.twinbucket.transfer;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonException;
import dev.twinbucket.json.JsonNumber;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonString;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.json.Limits;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.state.StateException;
import dev.twinbucket.store.Upload;
import dev.twinbucket.transfer.Range.Done;
import dev.twinbucket.transfer.Range.Free;
import dev.twinbucket.transfer.Range.Taken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The text of a checkpoint: one JSON object. A range is an array: its number of parts, then {@code
 * "f"} or {@code "t"} for free and free but touched, a lease, or {@code "d"} with the checksum if
 * it is known.
 */
final class CheckpointText {
  private static final long FORMAT = 1;
  private static final String FRESH = "f";
  private static final String TOUCHED = "t";
  private static final String DONE = "d";

  private CheckpointText() {}

  static String write(Checkpoint checkpoint) {
    JsonObject.Builder row =
        JsonObject.builder()
            .put("v", FORMAT)
            .put("version", checkpoint.version().token())
            .put("likeness", checkpoint.likeness())
            .put("destination", write(checkpoint.destination()))
            .put("size", checkpoint.plan().size())
            .put("partSize", checkpoint.plan().partSize())
            .put("proof", checkpoint.proof().name().toLowerCase(Locale.ROOT))
            .put("phase", checkpoint.phase().name().toLowerCase(Locale.ROOT))
            .put("writeId", checkpoint.writeId())
            .put("begun", checkpoint.begun().toEpochMilli())
            .put("workers", checkpoint.workers())
            .put("idle", checkpoint.idle())
            .put("restarts", checkpoint.restarts())
            .put("partMillis", checkpoint.partMillis());
    checkpoint.crc().ifPresent(crc -> row.put("crc", crc.base64()));
    checkpoint
        .upload()
        .ifPresent(upload -> row.put("upload", write(upload, checkpoint.destination())));
    if (!checkpoint.dropped().isEmpty()) {
      row.put(
          "dropped",
          array(
              checkpoint.dropped().stream()
                  .map(upload -> write(upload, checkpoint.destination()))
                  .toList()));
    }
    checkpoint.lead().ifPresent(lease -> row.put("lead", array(members(lease))));
    row.put(
        "ranges", array(checkpoint.ranges().list().stream().map(CheckpointText::write).toList()));
    return Json.write(row.build());
  }

  static Checkpoint read(String text) {
    try {
      JsonObject row =
          Json.parse(text, Limits.EVENT).asObject().orElseThrow(CheckpointText::damage);
      if (required(row.integer("v")) != FORMAT) {
        throw new StateException(
            "a transfer's row is of a format that this version does not know", null);
      }
      TransferPlan plan =
          new TransferPlan(required(row.integer("size")), required(row.integer("partSize")));
      ObjectLocation destination = readLocation(required(row.object("destination")));
      return new Checkpoint(
          ObjectVersion.parse(required(row.string("version"))),
          required(row.string("likeness")),
          destination,
          row.string("crc").map(Crc32c::parse),
          Proof.valueOf(required(row.string("proof")).toUpperCase(Locale.ROOT)),
          Checkpoint.Phase.valueOf(required(row.string("phase")).toUpperCase(Locale.ROOT)),
          row.object("upload").map(upload -> readUpload(upload, destination)),
          row.array("dropped").map(uploads -> readUploads(uploads, destination)).orElse(List.of()),
          required(row.string("writeId")),
          Instant.ofEpochMilli(required(row.integer("begun"))),
          row.array("lead").map(lease -> readLease(lease.items())),
          Math.toIntExact(required(row.integer("workers"))),
          Math.toIntExact(required(row.integer("idle"))),
          Math.toIntExact(required(row.integer("restarts"))),
          required(row.integer("partMillis")),
          new Ranges(plan, readRanges(required(row.array("ranges")))));
    } catch (JsonException | IllegalArgumentException | ArithmeticException e) {
      throw new StateException("a transfer's row is damaged", e);
    }
  }

  private static JsonValue write(ObjectLocation location) {
    return JsonObject.builder()
        .put("store", location.bucket().store())
        .put("bucket", location.bucket().bucket())
        .put("key", location.key())
        .build();
  }

  private static ObjectLocation readLocation(JsonObject location) {
    return new BucketLocation(
            required(location.string("store")), required(location.string("bucket")))
        .object(required(location.string("key")));
  }

  /** Keys can be long: one that is the transfer's own is not repeated. */
  private static JsonValue write(Upload upload, ObjectLocation usual) {
    JsonObject.Builder object = JsonObject.builder().put("id", upload.id());
    if (!upload.destination().equals(usual)) {
      object.put("destination", write(upload.destination()));
    }
    if (!upload.staging().equals(upload.destination())) {
      object.put("staging", write(upload.staging()));
    }
    return object.build();
  }

  private static Upload readUpload(JsonObject upload, ObjectLocation usual) {
    ObjectLocation destination =
        upload.object("destination").map(CheckpointText::readLocation).orElse(usual);
    return new Upload(
        destination,
        upload.object("staging").map(CheckpointText::readLocation).orElse(destination),
        required(upload.string("id")));
  }

  private static List<Upload> readUploads(JsonArray uploads, ObjectLocation usual) {
    return uploads.items().stream()
        .map(upload -> readUpload(required(upload.asObject()), usual))
        .toList();
  }

  private static List<JsonValue> members(Lease lease) {
    return List.of(
        new JsonString(lease.owner()),
        JsonNumber.of(lease.until().toEpochMilli()),
        new JsonString(lease.message()));
  }

  private static Lease readLease(List<JsonValue> members) {
    if (members.size() != 3) {
      throw damage();
    }
    return new Lease(
        required(members.get(0).asString()),
        Instant.ofEpochMilli(required(members.get(1).asLong())),
        required(members.get(2).asString()));
  }

  private static JsonValue write(Range range) {
    List<JsonValue> members = new ArrayList<>();
    members.add(JsonNumber.of(range.parts()));
    switch (range.state()) {
      case Free(boolean touched) -> members.add(new JsonString(touched ? TOUCHED : FRESH));
      case Taken(Lease lease) -> members.addAll(members(lease));
      case Done(Optional<Crc32c> crc) -> {
        members.add(new JsonString(DONE));
        crc.ifPresent(sum -> members.add(new JsonString(sum.base64())));
      }
    }
    return new JsonArray(members);
  }

  private static List<Range> readRanges(JsonArray ranges) {
    return ranges.items().stream()
        .map(range -> readRange(required(range.asArray()).items()))
        .toList();
  }

  private static Range readRange(List<JsonValue> members) {
    if (members.size() < 2) {
      throw damage();
    }
    int parts = Math.toIntExact(required(members.getFirst().asLong()));
    List<JsonValue> rest = members.subList(1, members.size());
    if (rest.size() == 3) {
      return new Range(parts, new Taken(readLease(rest)));
    }
    return new Range(
        parts,
        switch (required(rest.getFirst().asString())) {
          case FRESH -> Range.FRESH;
          case TOUCHED -> Range.TOUCHED;
          case DONE ->
              new Done(
                  rest.size() == 1 ? Optional.empty() : rest.get(1).asString().map(Crc32c::parse));
          default -> throw damage();
        });
  }

  private static JsonArray array(List<JsonValue> items) {
    return new JsonArray(items);
  }

  private static <T> T required(Optional<T> member) {
    return member.orElseThrow(CheckpointText::damage);
  }

  private static IllegalArgumentException damage() {
    return new IllegalArgumentException("a member is missing or of another kind");
  }
}
