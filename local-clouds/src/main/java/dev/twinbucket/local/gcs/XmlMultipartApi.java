package dev.twinbucket.local.gcs;

import dev.twinbucket.local.http.PercentCoding;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The requests of an XML API multipart upload.
 *
 * @see <a href="https://cloud.google.com/storage/docs/xml-api/post-object-multipart">Initiate</a>
 * @see <a href="https://cloud.google.com/storage/docs/xml-api/put-object-multipart">Upload a
 *     part</a>
 * @see <a href="https://cloud.google.com/storage/docs/xml-api/post-object-complete">Complete</a>
 */
final class XmlMultipartApi {

  private static final int MAX_PAGE = 1000;

  private final MultipartUploads uploads;
  private final RequestCounts counts;

  XmlMultipartApi(MultipartUploads uploads, RequestCounts counts) {
    this.uploads = uploads;
    this.counts = counts;
  }

  GcsReply create(GcsRequest request, String bucket, String key) {
    counts.count(GcsOperation.MULTIPART_CREATE);
    MultipartUploads.Upload upload = uploads.create(bucket, key, XmlHeaders.attributes(request));
    return GcsReply.xml(
        200,
        XmlText.document("InitiateMultipartUploadResult")
            .add("Bucket", bucket)
            .add("Key", key)
            .add("UploadId", upload.id())
            .finish());
  }

  GcsReply putPart(GcsRequest request, String bucket, String key) throws IOException {
    counts.count(GcsOperation.MULTIPART_PUT_PART);
    XmlHeaders.refuseAwsChunked(request);
    MultipartUploads.Upload upload = uploads.require(bucket, key, uploadId(request));
    Content content = Content.of(request.body().readAllBytes());
    DeclaredHashes.ofHeaders(request).verify(content);
    long number = Preconditions.number(request::parameter, "partNumber").orElse(0);
    MultipartUploads.Part part = uploads.put(upload, number, content);
    return GcsReply.empty(200)
        .with("ETag", part.etag())
        .with("X-Goog-Hash", "crc32c=" + content.crc32c() + ",md5=" + content.md5());
  }

  GcsReply listParts(GcsRequest request, String bucket, String key) {
    counts.count(GcsOperation.MULTIPART_LIST_PARTS);
    MultipartUploads.Upload upload = uploads.require(bucket, key, uploadId(request));
    int marker = (int) Preconditions.number(request::parameter, "part-number-marker").orElse(0);
    int max = pageSize(request, "max-parts");
    List<MultipartUploads.Part> all = upload.partsAfter(marker);
    List<MultipartUploads.Part> page = all.stream().limit(max).toList();
    XmlText document =
        XmlText.document("ListPartsResult")
            .add("Bucket", bucket)
            .add("Key", key)
            .add("UploadId", upload.id())
            .add("StorageClass", upload.storageClass())
            .add("PartNumberMarker", marker)
            .add("NextPartNumberMarker", page.isEmpty() ? marker : page.getLast().number())
            .add("MaxParts", max)
            .add("IsTruncated", Boolean.toString(page.size() < all.size()));
    for (MultipartUploads.Part part : page) {
      document
          .begin("Part")
          .add("PartNumber", part.number())
          .add("LastModified", ObjectResource.time(part.modified()))
          .add("ETag", part.etag())
          .add("Size", part.content().size())
          .end();
    }
    return GcsReply.xml(200, document.finish());
  }

  GcsReply complete(GcsRequest request, String bucket, String key) throws IOException {
    counts.count(GcsOperation.MULTIPART_COMPLETE);
    MultipartUploads.Upload upload = uploads.require(bucket, key, uploadId(request));
    Content body = Content.of(request.body().readAllBytes());
    DeclaredHashes.ofHeaders(request).verify(body);
    List<MultipartUploads.PartName> parts =
        XmlText.children(body.bytes(), "Part").stream().map(XmlMultipartApi::partName).toList();
    StoredObject stored = uploads.complete(upload, parts);
    return GcsReply.xml(
            200,
            XmlText.document("CompleteMultipartUploadResult")
                .add(
                    "Location",
                    request.endpoint() + "/" + bucket + "/" + PercentCoding.encode(key, "/"))
                .add("Bucket", bucket)
                .add("Key", key)
                .add("ETag", MediaReply.xmlEtag(stored))
                .finish())
        .with("X-Goog-Hash", MediaReply.hashes(stored));
  }

  private static MultipartUploads.PartName partName(Map<String, String> part) {
    try {
      return new MultipartUploads.PartName(
          Integer.parseInt(part.getOrDefault("PartNumber", "").strip()),
          part.getOrDefault("ETag", "").strip());
    } catch (NumberFormatException e) {
      throw XmlText.malformed();
    }
  }

  GcsReply abort(GcsRequest request, String bucket, String key) {
    counts.count(GcsOperation.MULTIPART_ABORT);
    uploads.abort(uploads.require(bucket, key, uploadId(request)));
    return GcsReply.empty(204);
  }

  GcsReply list(GcsRequest request, String bucket) {
    counts.count(GcsOperation.MULTIPART_LIST);
    if (request.parameter("delimiter").isPresent()) {
      throw new GcsError(
          501, "notImplemented", "NotImplemented", "Uploads are not listed with a delimiter here.");
    }
    String prefix = request.parameter("prefix").orElse("");
    String keyMarker = request.parameter("key-marker").orElse("");
    String idMarker = request.parameter("upload-id-marker").orElse("");
    boolean url = request.parameter("encoding-type").filter("url"::equals).isPresent();
    int max = pageSize(request, "max-uploads");
    List<MultipartUploads.Upload> all =
        after(uploads.list(bucket), keyMarker, idMarker).stream()
            .filter(upload -> upload.key().startsWith(prefix))
            .toList();
    List<MultipartUploads.Upload> page = all.stream().limit(max).toList();
    boolean truncated = page.size() < all.size();
    XmlText document =
        XmlText.document("ListMultipartUploadsResult")
            .add("Bucket", bucket)
            .add("KeyMarker", encoded(keyMarker, url))
            .add("UploadIdMarker", idMarker)
            .add("NextKeyMarker", truncated ? encoded(page.getLast().key(), url) : "")
            .add("NextUploadIdMarker", truncated ? page.getLast().id() : "")
            .add("Prefix", encoded(prefix, url))
            .add("MaxUploads", max)
            .add("IsTruncated", Boolean.toString(truncated));
    if (url) {
      document.add("EncodingType", "url");
    }
    for (MultipartUploads.Upload upload : page) {
      document
          .begin("Upload")
          .add("Key", encoded(upload.key(), url))
          .add("UploadId", upload.id())
          .add("StorageClass", upload.storageClass())
          .add("Initiated", ObjectResource.time(upload.initiated()))
          .end();
    }
    return GcsReply.xml(200, document.finish());
  }

  /** Without an id marker all uploads of the marked key are passed over; with one, up to it. */
  private static List<MultipartUploads.Upload> after(
      List<MultipartUploads.Upload> sorted, String keyMarker, String idMarker) {
    if (keyMarker.isEmpty()) {
      return sorted;
    }
    int next = 0;
    for (int i = 0; i < sorted.size(); i++) {
      int order = ObjectNames.ORDER.compare(sorted.get(i).key(), keyMarker);
      if (order < 0
          || (order == 0 && idMarker.isEmpty())
          || (order == 0 && sorted.get(i).id().equals(idMarker))) {
        next = i + 1;
      }
    }
    return sorted.subList(next, sorted.size());
  }

  static String encoded(String key, boolean url) {
    return url ? PercentCoding.encode(key, "/") : key;
  }

  private static int pageSize(GcsRequest request, String parameter) {
    long wanted = Preconditions.number(request::parameter, parameter).orElse(MAX_PAGE);
    if (wanted < 1) {
      throw GcsError.invalid("Invalid value for " + parameter);
    }
    return (int) Math.min(wanted, MAX_PAGE);
  }

  private static String uploadId(GcsRequest request) {
    return request.parameter("uploadId").orElseThrow(GcsError::noSuchUpload);
  }
}
