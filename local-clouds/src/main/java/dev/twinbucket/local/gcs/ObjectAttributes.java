package dev.twinbucket.local.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of an object resource that its writer decides: content headers, storage class, custom
 * metadata and the like. Immutable. Absent fields stay absent: an object need not have a content
 * type.
 *
 * @see <a href="https://cloud.google.com/storage/docs/json_api/v1/objects#resource">Objects
 *     resource</a>
 */
final class ObjectAttributes {

  private static final List<String> WRITABLE =
      List.of(
          "cacheControl",
          "contentDisposition",
          "contentEncoding",
          "contentLanguage",
          "contentType",
          "contexts",
          "customTime",
          "eventBasedHold",
          "kmsKeyName",
          "metadata",
          "storageClass",
          "temporaryHold");

  /** Only a rewrite changes these; a patch or update leaves them as they are. */
  private static final List<String> FIXED_AFTER_CREATION = List.of("storageClass", "kmsKeyName");

  private static final int MAX_CUSTOM_METADATA_BYTES = 8 * 1024;

  static final ObjectAttributes NONE = new ObjectAttributes(JsonNodeFactory.instance.objectNode());

  private final ObjectNode fields;

  private ObjectAttributes(ObjectNode fields) {
    this.fields = fields;
  }

  /** Takes the writable fields of a resource; whatever else it holds is ignored, as by Google. */
  static ObjectAttributes of(ObjectNode resource) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    mergeInto(kept, writable(resource));
    return checked(kept);
  }

  /** This, with one text field set. */
  ObjectAttributes with(String field, String value) {
    ObjectNode changed = fields.deepCopy();
    changed.put(field, value);
    return checked(changed);
  }

  /** Sets {@code field} unless it is set already. */
  ObjectAttributes withDefault(String field, Optional<String> value) {
    return value.isEmpty() || fields.has(field) ? this : with(field, value.get());
  }

  /** The effect of {@code objects.patch}: present fields replace, maps are merged, null removes. */
  ObjectAttributes patchedBy(ObjectNode patch) {
    ObjectNode changed = fields.deepCopy();
    ObjectNode allowed = writable(patch);
    allowed.remove(FIXED_AFTER_CREATION);
    mergeInto(changed, allowed);
    return checked(changed).withCustomTimeNotBefore(this);
  }

  /** The effect of {@code objects.update}: every field that is not given is removed. */
  ObjectAttributes replacedBy(ObjectNode resource) {
    ObjectNode changed = JsonNodeFactory.instance.objectNode();
    ObjectNode allowed = writable(resource);
    allowed.remove(FIXED_AFTER_CREATION);
    mergeInto(changed, allowed);
    FIXED_AFTER_CREATION.forEach(
        field -> {
          if (fields.has(field)) {
            changed.set(field, fields.get(field));
          }
        });
    return checked(changed).withCustomTimeNotBefore(this);
  }

  Optional<String> text(String field) {
    return Optional.ofNullable(fields.get(field)).map(JsonNode::asText);
  }

  /** Custom metadata in the order of its keys' arrival; key case is kept. */
  Map<String, String> metadata() {
    Map<String, String> entries = new LinkedHashMap<>();
    fields
        .path("metadata")
        .properties()
        .forEach(e -> entries.put(e.getKey(), e.getValue().asText()));
    return entries;
  }

  /** Whether the stored bytes are gzip according to their Content-Encoding. */
  boolean isGzip() {
    return text("contentEncoding").filter("gzip"::equalsIgnoreCase).isPresent();
  }

  void addTo(ObjectNode resource) {
    fields.properties().forEach(e -> resource.set(e.getKey(), e.getValue().deepCopy()));
  }

  private static ObjectNode writable(ObjectNode resource) {
    ObjectNode kept = resource.deepCopy();
    kept.retain(WRITABLE);
    return kept;
  }

  private static void mergeInto(ObjectNode target, ObjectNode patch) {
    patch
        .properties()
        .forEach(
            entry -> {
              String field = entry.getKey();
              JsonNode value = entry.getValue();
              if (value.isNull()) {
                target.remove(field);
              } else if (value instanceof ObjectNode nested) {
                ObjectNode inner =
                    target.get(field) instanceof ObjectNode existing
                        ? existing
                        : JsonNodeFactory.instance.objectNode();
                mergeInto(inner, nested);
                if (inner.isEmpty()) {
                  target.remove(field);
                } else {
                  target.set(field, inner);
                }
              } else {
                target.set(field, value);
              }
            });
  }

  private static ObjectAttributes checked(ObjectNode fields) {
    int bytes = 0;
    for (Map.Entry<String, JsonNode> entry : fields.path("metadata").properties()) {
      if (!entry.getValue().isTextual()) {
        throw GcsError.invalid("Invalid value for: Expected string in metadata." + entry.getKey());
      }
      bytes += utf8Length(entry.getKey()) + utf8Length(entry.getValue().textValue());
    }
    if (bytes > MAX_CUSTOM_METADATA_BYTES) {
      throw GcsError.invalid(
          "The metadata for your object is too large: "
              + bytes
              + " bytes, of at most "
              + MAX_CUSTOM_METADATA_BYTES
              + ".");
    }
    if (fields.has("customTime")) {
      parseTime(fields.get("customTime").asText());
    }
    return new ObjectAttributes(fields);
  }

  private ObjectAttributes withCustomTimeNotBefore(ObjectAttributes before) {
    Optional<Instant> old = before.text("customTime").map(ObjectAttributes::parseTime);
    Optional<Instant> now = text("customTime").map(ObjectAttributes::parseTime);
    if (old.isPresent() && (now.isEmpty() || now.get().isBefore(old.get()))) {
      throw GcsError.invalid("Custom time cannot be removed or set to an earlier date time.");
    }
    return this;
  }

  private static Instant parseTime(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw GcsError.invalid("Invalid value for: Invalid format for timestamp: " + text);
    }
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
