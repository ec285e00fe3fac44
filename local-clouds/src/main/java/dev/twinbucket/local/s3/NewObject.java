package dev.twinbucket.local.s3;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object that is ready to be committed.
 *
 * @param key the key
 * @param content the bytes
 * @param etag the entity tag without quotes
 * @param attributes headers, metadata, storage class, ACL
 * @param tags the tags
 * @param checksum the checksum to keep
 * @param parts the parts of a multipart object, empty for others
 */
record NewObject(
    String key,
    Content content,
    String etag,
    ObjectAttributes attributes,
    Map<String, String> tags,
    Optional<StoredChecksum> checksum,
    List<UploadedPart> parts) {
  NewObject {
    tags = Map.copyOf(tags);
    parts = List.copyOf(parts);
  }
}
