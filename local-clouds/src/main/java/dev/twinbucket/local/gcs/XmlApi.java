package dev.twinbucket.local.gcs;

import dev.twinbucket.local.http.PercentCoding;
import java.io.IOException;

/**
 * Finds the operation of the XML API that a path-style request names: {@code /bucket/object}, where
 * everything after the second slash is the object's name.
 *
 * @see <a href="https://cloud.google.com/storage/docs/xml-api/overview">XML API</a>
 */
final class XmlApi {

  private final XmlBuckets buckets;
  private final XmlObjects objects;
  private final XmlMultipartApi multipart;
  private final RequestCounts counts;

  XmlApi(XmlBuckets buckets, XmlObjects objects, XmlMultipartApi multipart, RequestCounts counts) {
    this.buckets = buckets;
    this.objects = objects;
    this.multipart = multipart;
    this.counts = counts;
  }

  GcsReply handle(GcsRequest request) throws IOException {
    String path = request.rawPath().substring(1);
    int slash = path.indexOf('/');
    String bucket = PercentCoding.decodePath(slash < 0 ? path : path.substring(0, slash));
    String key = slash < 0 ? "" : PercentCoding.decodePath(path.substring(slash + 1));
    return key.isEmpty() ? onBucket(request, bucket) : onObject(request, bucket, key);
  }

  private GcsReply onBucket(GcsRequest request, String bucket) {
    boolean get = request.method().equals("GET");
    if (get && bucket.isEmpty()) {
      return buckets.listBuckets();
    }
    if (get && request.query().has("uploads")) {
      return multipart.list(request, bucket);
    }
    return switch (request.method()) {
      case "GET" -> buckets.listObjects(request, bucket);
      case "HEAD" -> buckets.head(bucket);
      default -> refuse(request);
    };
  }

  private GcsReply onObject(GcsRequest request, String bucket, String key) throws IOException {
    boolean ofUpload = request.query().has("uploadId");
    return switch (request.method()) {
      case "GET" ->
          ofUpload ? multipart.listParts(request, bucket, key) : objects.read(request, bucket, key);
      case "HEAD" -> objects.read(request, bucket, key);
      case "PUT" ->
          ofUpload ? multipart.putPart(request, bucket, key) : objects.put(request, bucket, key);
      case "DELETE" ->
          ofUpload ? multipart.abort(request, bucket, key) : objects.delete(request, bucket, key);
      case "POST" -> {
        if (ofUpload) {
          yield multipart.complete(request, bucket, key);
        }
        yield request.query().has("uploads")
            ? multipart.create(request, bucket, key)
            : refuse(request);
      }
      default -> refuse(request);
    };
  }

  private GcsReply refuse(GcsRequest request) {
    counts.count(GcsOperation.OTHER);
    throw GcsError.noSuchMethod(request.method(), request.rawPath());
  }

  static GcsReply errorReply(GcsError error) {
    return error.status() == 304
        ? GcsReply.empty(304)
        : GcsReply.xml(error.status(), XmlText.error(error));
  }
}
