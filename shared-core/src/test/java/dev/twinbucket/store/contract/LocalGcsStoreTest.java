package dev.twinbucket.store.contract;

import dev.twinbucket.local.gcs.LocalGcs;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.gcs.GcsObjectStore;
import dev.twinbucket.store.gcs.GcsStoreSettings;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class LocalGcsStoreTest extends ObjectStoreContract {
  private LocalGcs gcs;
  private ObjectStore store;

  @BeforeEach
  void start() {
    gcs = LocalGcs.start().createBucket("bucket");
    store =
        GcsObjectStore.open(new GcsStoreSettings(Optional.of(gcs.endpoint()), Optional.empty()));
  }

  @AfterEach
  void stop() {
    store.close();
    gcs.close();
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected BucketLocation bucket() {
    return new BucketLocation("gs", "bucket");
  }
}
