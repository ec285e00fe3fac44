package dev.twinbucket.local.gcs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinbucket.local.http.PercentCoding;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the operation of the JSON API that a request names. A path is split before it is decoded,
 * so that a slash in an object's name never counts as one of the path's.
 *
 * @see <a href="https://cloud.google.com/storage/docs/json_api">JSON API</a>
 */
final class JsonApi {

  private static final String PREFIX = "/storage/v1/";
  private static final List<String> DOWNLOADS = List.of("/download", "");
  private static final List<String> UPLOADS = List.of("/upload", "/resumable/upload");

  private final JsonBuckets buckets;
  private final JsonObjects objects;
  private final JsonUploads uploads;
  private final RequestCounts counts;

  JsonApi(JsonBuckets buckets, JsonObjects objects, JsonUploads uploads, RequestCounts counts) {
    this.buckets = buckets;
    this.objects = objects;
    this.uploads = uploads;
    this.counts = counts;
  }

  static boolean owns(String rawPath) {
    return DOWNLOADS.stream().anyMatch(start -> rawPath.startsWith(start + PREFIX))
        || UPLOADS.stream().anyMatch(start -> rawPath.startsWith(start + PREFIX));
  }

  GcsReply handle(GcsRequest request) throws IOException {
    String path = request.rawPath();
    int prefix = path.indexOf(PREFIX);
    List<String> segments =
        Arrays.stream(path.substring(prefix + PREFIX.length()).split("/", -1))
            .map(PercentCoding::decodePath)
            .toList();
    boolean upload = UPLOADS.contains(path.substring(0, prefix));
    if (upload && segments.size() == 3 && matches(segments, "b", "", "o")) {
      return uploads.handle(request, segments.get(1));
    }
    return upload ? refuse(request) : route(request, segments);
  }

  private GcsReply route(GcsRequest request, List<String> segments) throws IOException {
    boolean post = request.method().equals("POST");
    boolean get = request.method().equals("GET");
    if (matches(segments, "b")) {
      return buckets.collection(request);
    }
    if (matches(segments, "b", "")) {
      return buckets.one(request, segments.get(1));
    }
    if (get && matches(segments, "b", "", "storageLayout")) {
      return buckets.storageLayout(segments.get(1));
    }
    if (get && matches(segments, "b", "", "o")) {
      return objects.list(request, segments.get(1));
    }
    if (matches(segments, "b", "", "o", "")) {
      return objects.one(request, segments.get(1), segments.get(3));
    }
    if (post && matches(segments, "b", "", "o", "", "compose")) {
      return objects.compose(request, segments.get(1), segments.get(3));
    }
    if (post && matches(segments, "b", "", "o", "", "moveTo", "o", "")) {
      return objects.move(request, segments.get(1), segments.get(3), segments.get(6));
    }
    if (post && matches(segments, "b", "", "o", "", "copyTo", "b", "", "o", "")) {
      return objects.copy(
          request, segments.get(1), segments.get(3), segments.get(6), segments.get(8));
    }
    if (post && matches(segments, "b", "", "o", "", "rewriteTo", "b", "", "o", "")) {
      return objects.rewrite(
          request, segments.get(1), segments.get(3), segments.get(6), segments.get(8));
    }
    return refuse(request);
  }

  private GcsReply refuse(GcsRequest request) {
    counts.count(GcsOperation.OTHER);
    throw GcsError.noSuchMethod(request.method(), request.rawPath());
  }

  /** An empty word stands for any segment. */
  private static boolean matches(List<String> segments, String... form) {
    if (segments.size() != form.length) {
      return false;
    }
    for (int i = 0; i < form.length; i++) {
      if (!form[i].isEmpty() && !form[i].equals(segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Google's JSON form of a refusal. */
  static GcsReply errorReply(GcsError error) {
    if (error.status() == 304) {
      return GcsReply.empty(304);
    }
    ObjectNode detail =
        Json.object()
            .put("message", error.getMessage())
            .put("domain", error.status() == 429 ? "usageLimits" : "global")
            .put("reason", error.reason());
    if (error.status() == 412) {
      detail.put("locationType", "header").put("location", "If-Match");
    }
    ObjectNode body = Json.object().put("code", error.status()).put("message", error.getMessage());
    ArrayNode errors = body.putArray("errors");
    errors.add(detail);
    ObjectNode document = Json.object();
    document.set("error", body);
    return GcsReply.json(error.status(), document);
  }
}
