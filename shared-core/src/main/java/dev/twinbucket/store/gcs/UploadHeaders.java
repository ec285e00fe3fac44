package dev.twinbucket.store.gcs;

import com.google.cloud.storage.Storage.PredefinedAcl;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.adapter.NativeAttributes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an object is to carry, in the headers that begin its multipart upload. The SDK's own request
 * would do, but it URL-encodes custom metadata, which GCS keeps encoded.
 *
 * <p>A text that a header might not carry unharmed is left out: it is put right in the staging
 * object, before anything is published.
 *
 * @see <a href="https://docs.cloud.google.com/storage/docs/xml-api/post-object-multipart">GCS:
 *     Initiate a multipart upload</a>
 */
final class UploadHeaders {
  private UploadHeaders() {}

  static Map<String, String> of(NativeAttributes attributes, Placement placement) {
    Map<String, String> headers = new LinkedHashMap<>();
    SystemHeaders system = attributes.headers();
    headers.put("Content-Type", system.contentType());
    headers.put("Cache-Control", system.cacheControl());
    headers.put("Content-Disposition", system.contentDisposition());
    headers.put("Content-Encoding", system.contentEncoding());
    headers.put("Content-Language", system.contentLanguage());
    headers.put("x-goog-custom-time", system.customTime());
    headers.put("x-goog-storage-class", placement.storageClass());
    headers.put("x-goog-encryption-kms-key-name", placement.kmsKey());
    headers.put(
        "x-goog-acl", GcsPlacement.predefined(placement).map(UploadHeaders::spelled).orElse(""));
    attributes.metadata().forEach((name, value) -> headers.put("x-goog-meta-" + name, value));
    headers.values().removeIf(value -> value.isEmpty() || !isPlain(value));
    return headers;
  }

  private static String spelled(PredefinedAcl acl) {
    return switch (acl) {
      case PRIVATE -> "private";
      case PROJECT_PRIVATE -> "project-private";
      case PUBLIC_READ -> "public-read";
      case AUTHENTICATED_READ -> "authenticated-read";
      case BUCKET_OWNER_READ -> "bucket-owner-read";
      case BUCKET_OWNER_FULL_CONTROL -> "bucket-owner-full-control";
      default -> "";
    };
  }

  private static boolean isPlain(String value) {
    return value.chars().allMatch(c -> c >= ' ' && c <= '~');
  }
}
