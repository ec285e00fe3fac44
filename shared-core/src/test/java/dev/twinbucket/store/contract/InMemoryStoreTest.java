package dev.twinbucket.store.contract;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.memory.Flavour;
import dev.twinbucket.store.memory.InMemoryObjectStore;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;

/** The store in memory keeps the contract of the cloud that it is like. */
class InMemoryStoreTest {
  @Nested
  class LikeS3 extends ObjectStoreContract {
    @Override
    StoreBackend start() {
      return new Backend(Flavour.S3);
    }
  }

  @Nested
  class LikeVersionedS3 extends ObjectStoreContract {
    @Override
    StoreBackend start() {
      return new Backend(Flavour.S3_VERSIONED);
    }
  }

  @Nested
  class LikeGcs extends ObjectStoreContract {
    @Override
    StoreBackend start() {
      return new Backend(Flavour.GCS);
    }
  }

  @Nested
  class LikeVersionedGcs extends ObjectStoreContract {
    @Override
    StoreBackend start() {
      return new Backend(Flavour.GCS_VERSIONED);
    }
  }

  private static final class Backend implements StoreBackend {
    private final AtomicInteger buckets = new AtomicInteger();
    private final Flavour flavour;
    private final InMemoryObjectStore store;

    Backend(Flavour flavour) {
      this.flavour = flavour;
      this.store = new InMemoryObjectStore(flavour, Clock.systemUTC());
    }

    @Override
    public Cloud cloud() {
      return flavour.isGoogle() ? Cloud.GCS : Cloud.S3;
    }

    @Override
    public ObjectStore store() {
      return store;
    }

    @Override
    public BucketLocation newBucket(boolean versioned) {
      if (versioned && !flavour.isVersioned()) {
        throw new UnsupportedOperationException("the flavour is the whole store's");
      }
      BucketLocation bucket =
          new BucketLocation(flavour.isGoogle() ? "gs" : "s3", "b" + buckets.incrementAndGet());
      store.createBucket(bucket);
      return bucket;
    }

    @Override
    public Set<Deviation> deviations() {
      return flavour.isVersioned() ? Set.of() : Set.of(Deviation.NO_VERSIONING);
    }

    @Override
    public Set<String> impossibleKeys() {
      return Set.of();
    }

    @Override
    public OptionalLong requests() {
      return OptionalLong.empty();
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
