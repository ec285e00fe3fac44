package dev.twinbucket.local.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Objects in the JSON API, uploads apart.
 *
 * @see <a href="https://cloud.google.com/storage/docs/json_api/v1/objects">Objects</a>
 */
final class JsonObjects {

  private static final int MAX_COMPONENTS = 32;
  private static final int MAX_PAGE = 1000;

  private final ObjectStore store;
  private final RequestCounts counts;

  JsonObjects(ObjectStore store, RequestCounts counts) {
    this.store = store;
    this.counts = counts;
  }

  GcsReply list(GcsRequest request, String bucket) {
    counts.count(GcsOperation.OBJECT_LIST);
    long wanted = Preconditions.number(request::parameter, "maxResults").orElse(MAX_PAGE);
    if (wanted < 1) {
      throw GcsError.invalid("Invalid value for maxResults");
    }
    Listing page =
        store.list(
            bucket,
            new Listing.Query(
                request.parameter("prefix").orElse(""),
                request.parameter("delimiter").orElse(""),
                request.flag("includeTrailingDelimiter"),
                request.parameter("startOffset").orElse(""),
                request.parameter("endOffset").orElse(""),
                request.flag("versions"),
                request.parameter("pageToken"),
                (int) Math.min(wanted, MAX_PAGE)));
    ObjectNode answer = Json.object().put("kind", "storage#objects");
    if (!page.objects().isEmpty()) {
      ArrayNode items = answer.putArray("items");
      page.objects().forEach(o -> items.add(ObjectResource.of(o, request.endpoint())));
    }
    if (!page.prefixes().isEmpty()) {
      ArrayNode prefixes = answer.putArray("prefixes");
      page.prefixes().forEach(prefixes::add);
    }
    page.nextPageToken().ifPresent(token -> answer.put("nextPageToken", token));
    return GcsReply.json(200, answer);
  }

  GcsReply one(GcsRequest request, String bucket, String name) throws IOException {
    return switch (request.method()) {
      case "GET", "HEAD" -> get(request, bucket, name);
      case "PATCH" -> {
        counts.count(GcsOperation.OBJECT_PATCH);
        ObjectNode patch = body(request);
        yield resource(
            request,
            store.change(
                bucket,
                name,
                request.generation(),
                request.conditions(),
                old -> old.patchedBy(patch)));
      }
      case "PUT" -> {
        counts.count(GcsOperation.OBJECT_UPDATE);
        ObjectNode update = body(request);
        yield resource(
            request,
            store.change(
                bucket,
                name,
                request.generation(),
                request.conditions(),
                old -> old.replacedBy(update)));
      }
      case "DELETE" -> {
        counts.count(GcsOperation.OBJECT_DELETE);
        store.delete(bucket, name, request.generation(), request.conditions());
        yield GcsReply.empty(204);
      }
      default -> throw GcsError.noSuchMethod(request.method(), request.rawPath());
    };
  }

  private GcsReply get(GcsRequest request, String bucket, String name) {
    boolean media = request.parameter("alt").filter("media"::equals).isPresent();
    counts.count(media ? GcsOperation.OBJECT_READ : GcsOperation.OBJECT_GET);
    StoredObject object = store.get(bucket, name, request.generation());
    request.conditions().requireForRead(object);
    return media
        ? MediaReply.of(object, request, Map.of())
        : resource(request, object).with("ETag", object.etag());
  }

  GcsReply compose(GcsRequest request, String bucket, String name) throws IOException {
    counts.count(GcsOperation.OBJECT_COMPOSE);
    ObjectNode body = body(request);
    JsonNode listed = body.path("sourceObjects");
    if (listed.isEmpty() || listed.size() > MAX_COMPONENTS) {
      throw GcsError.invalid(
          "The number of source components provided (%d) must be between 1 and %d"
              .formatted(listed.size(), MAX_COMPONENTS));
    }
    List<Content> contents = new ArrayList<>();
    int components = 0;
    Optional<StoredObject> first = Optional.empty();
    for (JsonNode item : listed) {
      StoredObject source = composeSource(bucket, item);
      first = first.or(() -> Optional.of(source));
      contents.add(source.content());
      components += source.componentCount().orElse(1);
    }
    ObjectNode destination =
        body.path("destination") instanceof ObjectNode node ? node : Json.object();
    ObjectAttributes attributes =
        ObjectAttributes.of(destination)
            .withDefault("contentType", first.flatMap(o -> o.attributes().text("contentType")));
    return resource(
        request,
        store.put(
            bucket,
            name,
            NewObject.composed(attributes, Content.concatenation(contents), components),
            request.conditions()));
  }

  private StoredObject composeSource(String bucket, JsonNode item) {
    OptionalLong generation =
        item.hasNonNull("generation")
            ? OptionalLong.of(item.get("generation").asLong())
            : OptionalLong.empty();
    StoredObject source = store.get(bucket, item.path("name").asText(), generation);
    JsonNode expected = item.path("objectPreconditions").path("ifGenerationMatch");
    if (!expected.isMissingNode() && expected.asLong() != source.generation()) {
      throw GcsError.preconditionFailed();
    }
    return source;
  }

  GcsReply copy(GcsRequest request, String fromBucket, String from, String toBucket, String to)
      throws IOException {
    return resource(request, copied(request, fromBucket, from, toBucket, to));
  }

  GcsReply rewrite(GcsRequest request, String fromBucket, String from, String toBucket, String to)
      throws IOException {
    StoredObject written = copied(request, fromBucket, from, toBucket, to);
    String size = Long.toString(written.content().size());
    ObjectNode answer =
        Json.object()
            .put("kind", "storage#rewriteResponse")
            .put("totalBytesRewritten", size)
            .put("objectSize", size)
            .put("done", true);
    answer.set("resource", ObjectResource.of(written, request.endpoint()));
    return GcsReply.json(200, answer);
  }

  /** Metadata given in the body replaces the source's; without a body the source's is kept. */
  private StoredObject copied(
      GcsRequest request, String fromBucket, String from, String toBucket, String to)
      throws IOException {
    counts.count(GcsOperation.OBJECT_COPY);
    ObjectNode body = body(request);
    StoredObject source =
        store.get(fromBucket, from, Preconditions.number(request::parameter, "sourceGeneration"));
    request.sourceConditions().requireForWrite(Optional.of(source));
    ObjectAttributes attributes = body.isEmpty() ? source.attributes() : ObjectAttributes.of(body);
    return store.put(toBucket, to, NewObject.copyOf(source, attributes), request.conditions());
  }

  GcsReply move(GcsRequest request, String bucket, String from, String to) {
    counts.count(GcsOperation.OBJECT_MOVE);
    return resource(
        request, store.move(bucket, from, to, request.conditions(), request.sourceConditions()));
  }

  private static ObjectNode body(GcsRequest request) throws IOException {
    return Json.parse(request.decodedBody().readAllBytes());
  }

  private static GcsReply resource(GcsRequest request, StoredObject object) {
    return GcsReply.json(200, ObjectResource.of(object, request.endpoint()));
  }
}
