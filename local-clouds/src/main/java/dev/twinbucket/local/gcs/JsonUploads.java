package dev.twinbucket.local.gcs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinbucket.local.http.PercentCoding;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The three kinds of upload of the JSON API.
 *
 * @see <a href="https://cloud.google.com/storage/docs/uploads-downloads">Uploads and downloads</a>
 */
final class JsonUploads {

  private static final int RESUME_INCOMPLETE = 308;
  private static final int CLIENT_CLOSED_REQUEST = 499;
  private static final int GONE = 410;

  private final ObjectStore store;
  private final RequestCounts counts;
  private final Map<String, ResumableUpload> sessions = new ConcurrentHashMap<>();

  JsonUploads(ObjectStore store, RequestCounts counts) {
    this.store = store;
    this.counts = counts;
  }

  void clear() {
    sessions.clear();
  }

  int openSessions() {
    return (int) sessions.values().stream().filter(ResumableUpload::isOpen).count();
  }

  GcsReply handle(GcsRequest request, String bucket) throws IOException {
    Optional<String> session = request.parameter("upload_id");
    if (session.isPresent()) {
      return request.method().equals("DELETE")
          ? cancel(session.get())
          : proceed(request, session.get());
    }
    return switch (request.parameter("uploadType").orElse("")) {
      case "media" -> media(request, bucket);
      case "multipart" -> multipart(request, bucket);
      case "resumable" -> start(request, bucket);
      default -> throw GcsError.invalid("Invalid or missing uploadType");
    };
  }

  private GcsReply media(GcsRequest request, String bucket) throws IOException {
    counts.count(GcsOperation.OBJECT_INSERT);
    ObjectAttributes attributes =
        fromParameters(request, Json.object())
            .withDefault(
                "contentType",
                request.header("content-type").or(() -> Optional.of("application/octet-stream")));
    Content content = Content.of(request.decodedBody().readAllBytes());
    return insert(
        request, bucket, requireName(request, Json.object()), attributes, content, Json.object());
  }

  private GcsReply multipart(GcsRequest request, String bucket) throws IOException {
    counts.count(GcsOperation.OBJECT_INSERT);
    String boundary = MimeParts.boundaryOf(request.header("content-type").orElse(""));
    List<MimeParts.Part> parts = MimeParts.parse(request.decodedBody().readAllBytes(), boundary);
    if (parts.size() != 2) {
      throw GcsError.invalid("Malformed multipart body.");
    }
    ObjectNode resource = Json.parse(parts.get(0).body().bytes());
    ObjectAttributes attributes =
        fromParameters(request, resource)
            .withDefault("contentType", parts.get(1).header("content-type"));
    return insert(
        request, bucket, requireName(request, resource), attributes, parts.get(1).body(), resource);
  }

  private GcsReply insert(
      GcsRequest request,
      String bucket,
      String name,
      ObjectAttributes attributes,
      Content content,
      ObjectNode resource) {
    DeclaredHashes.ofResource(resource).verify(content);
    DeclaredHashes.ofHeaders(request).verify(content);
    StoredObject stored =
        store.put(bucket, name, NewObject.uploaded(attributes, content), request.conditions());
    return GcsReply.json(200, ObjectResource.of(stored, request.endpoint()));
  }

  private GcsReply start(GcsRequest request, String bucket) throws IOException {
    counts.count(GcsOperation.RESUMABLE_START);
    ObjectNode resource = Json.parse(request.decodedBody().readAllBytes());
    String name = requireName(request, resource);
    ObjectAttributes attributes =
        fromParameters(request, resource)
            .withDefault("contentType", request.header("x-upload-content-type"));
    store.requirePut(bucket, name, request.conditions());
    OptionalLong size = Preconditions.number(request::header, "x-upload-content-length");
    String id = UUID.randomUUID().toString();
    sessions.put(
        id,
        new ResumableUpload(
            new ResumableUpload.Goal(
                bucket,
                name,
                attributes,
                request.conditions(),
                DeclaredHashes.ofResource(resource),
                size)));
    String location =
        "%s/upload/storage/v1/b/%s/o?uploadType=resumable&name=%s&upload_id=%s"
            .formatted(request.endpoint(), bucket, PercentCoding.encode(name, ""), id);
    return GcsReply.empty(200).with("Location", location).with("X-GUploader-UploadID", id);
  }

  private GcsReply proceed(GcsRequest request, String id) throws IOException {
    counts.count(GcsOperation.RESUMABLE_CHUNK);
    ResumableUpload upload = sessions.get(id);
    if (upload == null) {
      throw gone();
    }
    Optional<StoredObject> result =
        upload.accept(
            request.header("content-range").map(ContentRange::parse),
            request.body(),
            DeclaredHashes.ofHeaders(request),
            store);
    if (result.isPresent()) {
      return GcsReply.json(200, ObjectResource.of(result.get(), request.endpoint()))
          .with("X-GUploader-UploadID", id);
    }
    // Google's client for Go takes 308 for a redirect, and asks for another way of saying it.
    GcsReply status =
        request.header("x-guploader-no-308").isPresent()
            ? GcsReply.empty(200)
                .with("X-HTTP-Status-Code-Override", Integer.toString(RESUME_INCOMPLETE))
            : GcsReply.empty(RESUME_INCOMPLETE);
    GcsReply incomplete = status.with("X-GUploader-UploadID", id);
    return upload.size() == 0
        ? incomplete
        : incomplete.with("Range", "bytes=0-" + (upload.size() - 1));
  }

  private GcsReply cancel(String id) {
    counts.count(GcsOperation.RESUMABLE_CANCEL);
    if (sessions.remove(id) == null) {
      throw gone();
    }
    return GcsReply.empty(CLIENT_CLOSED_REQUEST);
  }

  private static GcsError gone() {
    return new GcsError(GONE, "gone", "NoSuchUpload", "The upload session is not available.");
  }

  private static String requireName(GcsRequest request, ObjectNode resource) {
    return request
        .parameter("name")
        .or(() -> Optional.of(resource.path("name").asText()).filter(name -> !name.isEmpty()))
        .orElseThrow(() -> GcsError.required("name"));
  }

  private static ObjectAttributes fromParameters(GcsRequest request, ObjectNode resource) {
    ObjectNode complete = resource.deepCopy();
    request.parameter("contentEncoding").ifPresent(v -> complete.put("contentEncoding", v));
    request.parameter("kmsKeyName").ifPresent(v -> complete.put("kmsKeyName", v));
    return ObjectAttributes.of(complete);
  }
}
