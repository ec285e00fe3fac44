package dev.twinbucket.playground;

import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import dev.twinbucket.playground.Sample.Cloud;
import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What users do with the two buckets, through the official SDKs. */
final class Users implements AutoCloseable {
  private final Clouds clouds;
  private final S3Client s3;
  private final Storage gcs;

  Users(Clouds clouds) {
    this.clouds = clouds;
    this.s3 = clouds.s3Client();
    this.gcs = clouds.gcsClient();
  }

  void put(Sample sample) {
    switch (sample.side()) {
      case S3 ->
          s3.putObject(
              put ->
                  put.bucket(Clouds.LEFT)
                      .key(sample.key())
                      .contentType(sample.contentType())
                      .metadata(sample.metadata()),
              RequestBody.fromBytes(sample.bytes()));
      case GCS ->
          gcs.create(
              BlobInfo.newBuilder(Clouds.RIGHT, sample.key())
                  .setContentType(sample.contentType())
                  .setMetadata(sample.metadata())
                  .build(),
              sample.bytes());
    }
  }

  void delete(Cloud side, String key) {
    switch (side) {
      case S3 -> s3.deleteObject(delete -> delete.bucket(Clouds.LEFT).key(key));
      case GCS -> gcs.delete(Clouds.RIGHT, key);
    }
  }

  /** Bytes on their way to a side, not to be seen there yet. */
  long underWay(Cloud side) {
    return clouds.underWay(side);
  }

  /** Whether that side holds just these bytes under that key, or nothing if empty. */
  boolean holds(Cloud side, String key, Optional<byte[]> expected) {
    Optional<byte[]> standing =
        switch (side) {
          case S3 -> clouds.s3().object(Clouds.LEFT, key).map(object -> object.bytes());
          case GCS -> clouds.gcs().bytes(Clouds.RIGHT, key);
        };
    return expected.isPresent()
        ? standing.filter(bytes -> Arrays.equals(bytes, expected.get())).isPresent()
        : standing.isEmpty();
  }

  /** The client of Cloud Storage over HTTP holds nothing that would have to be closed. */
  @Override
  public void close() {
    s3.close();
  }
}
