package dev.twinbucket.store.contract;

import dev.twinbucket.local.s3.LocalS3;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.s3.S3Credentials;
import dev.twinbucket.store.s3.S3ObjectStore;
import dev.twinbucket.store.s3.S3Quirks;
import dev.twinbucket.store.s3.S3StoreSettings;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class LocalS3StoreTest extends ObjectStoreContract {
  private LocalS3 s3;
  private ObjectStore store;

  @BeforeEach
  void start() {
    s3 = LocalS3.builder().bucket("bucket").start();
    store =
        S3ObjectStore.open(
            new S3StoreSettings(
                Optional.of(URI.create(s3.endpoint())),
                Optional.of(s3.region()),
                S3StoreSettings.Addressing.AUTOMATIC,
                new S3Credentials.Keys("id", "secret", Optional.empty()),
                S3Quirks.NONE));
  }

  @AfterEach
  void stop() {
    store.close();
    s3.close();
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected BucketLocation bucket() {
    return new BucketLocation("s3", "bucket");
  }
}
