package dev.twinbucket.local.gcs;

import java.time.Instant;

/**
 * An open XML API multipart upload.
 *
 * @param parts how many parts have arrived
 * @param bytes how many bytes they hold together
 */
public record GcsUploadView(
    String bucket, String name, String uploadId, Instant initiated, int parts, long bytes) {

  static GcsUploadView of(MultipartUploads.Upload upload) {
    return new GcsUploadView(
        upload.bucket(),
        upload.key(),
        upload.id(),
        upload.initiated(),
        upload.partsAfter(0).size(),
        upload.partsAfter(0).stream().mapToLong(part -> part.content().size()).sum());
  }
}
