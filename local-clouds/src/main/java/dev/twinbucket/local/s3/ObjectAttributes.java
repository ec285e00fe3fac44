package dev.twinbucket.local.s3;

import java.util.Map;

/**
 * What is kept beside the bytes of an object.
 *
 * @param systemHeaders the stored response headers (Content-Type and its like, encryption), under
 *     lower-cased names, Content-Type always among them
 * @param userMetadata values under lower-cased names without the {@code x-amz-meta-} prefix
 * @param storageClass the storage class, {@code STANDARD} by default
 * @param acl the canned ACL
 */
record ObjectAttributes(
    Map<String, String> systemHeaders,
    Map<String, String> userMetadata,
    String storageClass,
    String acl) {
  ObjectAttributes {
    systemHeaders = Map.copyOf(systemHeaders);
    userMetadata = Map.copyOf(userMetadata);
  }

  ObjectAttributes withAcl(String other) {
    return new ObjectAttributes(systemHeaders, userMetadata, storageClass, other);
  }

  /** Whether the bytes can be read only after a restore. */
  boolean isArchived() {
    return storageClass.equals("GLACIER") || storageClass.equals("DEEP_ARCHIVE");
  }
}
