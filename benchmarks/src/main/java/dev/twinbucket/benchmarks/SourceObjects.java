package dev.twinbucket.benchmarks;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.twinbucket.local.gcs.LocalGcs;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Fills a bucket of the embedded Cloud Storage through the official client. */
final class SourceObjects {
  private SourceObjects() {}

  static void fill(LocalGcs gcs, String bucket, Options options, byte[] content)
      throws IOException {
    // Its HTTP transport holds nothing that would have to be closed.
    Storage storage =
        StorageOptions.http()
            .setHost(gcs.endpoint())
            .setProjectId("local")
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
    for (int i = 0; i < options.objects(); i++) {
      storage.createFrom(
          BlobInfo.newBuilder(bucket, Clouds.key(i)).build(), new ByteArrayInputStream(content));
    }
  }
}
