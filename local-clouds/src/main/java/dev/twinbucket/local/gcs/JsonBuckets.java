package dev.twinbucket.local.gcs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Buckets in the JSON API: what clients need to make, find and drop one.
 *
 * @see <a href="https://cloud.google.com/storage/docs/json_api/v1/buckets">Buckets</a>
 */
final class JsonBuckets {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");

  private final ObjectStore store;
  private final RequestCounts counts;
  private final String projectId;

  JsonBuckets(ObjectStore store, RequestCounts counts, String projectId) {
    this.store = store;
    this.counts = counts;
    this.projectId = projectId;
  }

  GcsReply collection(GcsRequest request) throws IOException {
    return switch (request.method()) {
      case "GET" -> {
        counts.count(GcsOperation.BUCKET_LIST);
        ObjectNode answer = Json.object().put("kind", "storage#buckets");
        ArrayNode items = answer.putArray("items");
        String prefix = request.parameter("prefix").orElse("");
        store.listBuckets().stream()
            .filter(bucket -> bucket.name().startsWith(prefix))
            .forEach(bucket -> items.add(resource(bucket, request.endpoint())));
        yield GcsReply.json(200, answer);
      }
      case "POST" -> {
        counts.count(GcsOperation.BUCKET_INSERT);
        ObjectNode body = Json.parse(request.decodedBody().readAllBytes());
        String name = body.path("name").asText();
        if (!NAME.matcher(name).matches()) {
          throw GcsError.invalid("Invalid bucket name: '" + name + "'");
        }
        BucketSettings settings =
            new BucketSettings(
                body.path("versioning").path("enabled").asBoolean(false),
                body.path("storageClass").asText(BucketSettings.DEFAULT.storageClass()),
                body.path("location").asText(BucketSettings.DEFAULT.location()));
        yield GcsReply.json(200, resource(store.createBucket(name, settings), request.endpoint()));
      }
      default -> throw GcsError.noSuchMethod(request.method(), request.rawPath());
    };
  }

  GcsReply one(GcsRequest request, String name) throws IOException {
    return switch (request.method()) {
      case "GET" -> {
        counts.count(GcsOperation.BUCKET_GET);
        yield GcsReply.json(200, resource(store.bucket(name), request.endpoint()));
      }
      case "PATCH", "PUT" -> {
        counts.count(GcsOperation.BUCKET_UPDATE);
        ObjectNode body = Json.parse(request.decodedBody().readAllBytes());
        BucketState changed =
            store.changeBucket(
                name,
                old ->
                    body.has("versioning")
                        ? old.withVersioning(
                            body.path("versioning").path("enabled").asBoolean(false))
                        : old);
        yield GcsReply.json(200, resource(changed, request.endpoint()));
      }
      case "DELETE" -> {
        counts.count(GcsOperation.BUCKET_DELETE);
        store.deleteBucket(name);
        yield GcsReply.empty(204);
      }
      default -> throw GcsError.noSuchMethod(request.method(), request.rawPath());
    };
  }

  /** What gcloud asks for before it copies: whether the bucket knows real folders. */
  GcsReply storageLayout(String name) {
    counts.count(GcsOperation.BUCKET_GET);
    BucketState bucket = store.bucket(name);
    ObjectNode answer =
        Json.object()
            .put("kind", "storage#storageLayout")
            .put("bucket", bucket.name())
            .put("location", bucket.settings().location())
            .put("locationType", "multi-region");
    answer.putObject("hierarchicalNamespace").put("enabled", false);
    return GcsReply.json(200, answer);
  }

  private ObjectNode resource(BucketState bucket, String endpoint) {
    ObjectNode resource = Json.object();
    resource
        .put("kind", "storage#bucket")
        .put("id", bucket.name())
        .put("selfLink", endpoint + "/storage/v1/b/" + bucket.name())
        .put("name", bucket.name())
        .put("projectNumber", Integer.toUnsignedString(projectId.hashCode()))
        .put("metageneration", Long.toString(bucket.metageneration()))
        .put("location", bucket.settings().location())
        .put("locationType", "multi-region")
        .put("storageClass", bucket.settings().storageClass())
        .put("etag", "CA" + bucket.metageneration() + "=")
        .put("timeCreated", ObjectResource.time(bucket.created()))
        .put("updated", ObjectResource.time(bucket.updated()));
    resource.putObject("versioning").put("enabled", bucket.settings().versioning());
    resource.putObject("softDeletePolicy").put("retentionDurationSeconds", "0");
    ObjectNode access = resource.putObject("iamConfiguration");
    access.putObject("uniformBucketLevelAccess").put("enabled", true);
    return resource;
  }
}
