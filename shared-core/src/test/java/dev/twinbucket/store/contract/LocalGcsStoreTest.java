package dev.twinbucket.store.contract;

import dev.twinbucket.local.gcs.BucketSettings;
import dev.twinbucket.local.gcs.LocalGcs;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.gcs.GcsObjectStore;
import dev.twinbucket.store.gcs.GcsStoreSettings;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The GCS adapter on the embedded GCS, which deviates in nothing. */
class LocalGcsStoreTest extends ObjectStoreContract {
  @Override
  StoreBackend start() {
    return new Backend();
  }

  private static final class Backend implements StoreBackend {
    private final AtomicInteger buckets = new AtomicInteger();
    private final LocalGcs gcs = LocalGcs.start();
    private final ObjectStore store =
        GcsObjectStore.open(
            GcsStoreSettings.from(Map.of(GcsStoreSettings.EMULATOR_VARIABLE, gcs.endpoint())));

    @Override
    public Cloud cloud() {
      return Cloud.GCS;
    }

    @Override
    public ObjectStore store() {
      return store;
    }

    @Override
    public BucketLocation newBucket(boolean versioned) {
      String name = "bucket-" + buckets.incrementAndGet();
      gcs.createBucket(name, versioned ? BucketSettings.VERSIONED : BucketSettings.DEFAULT);
      return new BucketLocation("gs", name);
    }

    @Override
    public Set<Deviation> deviations() {
      return Set.of();
    }

    @Override
    public Set<String> impossibleKeys() {
      return Set.of();
    }

    @Override
    public OptionalLong requests() {
      return OptionalLong.of(gcs.requests().values().stream().mapToLong(Long::longValue).sum());
    }

    @Override
    public void close() {
      store.close();
      gcs.close();
    }
  }
}
