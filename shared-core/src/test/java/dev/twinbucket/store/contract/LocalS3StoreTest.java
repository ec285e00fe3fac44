package dev.twinbucket.store.contract;

import dev.twinbucket.local.s3.LocalS3;
import dev.twinbucket.local.s3.Versioning;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.s3.S3Credentials;
import dev.twinbucket.store.s3.S3ObjectStore;
import dev.twinbucket.store.s3.S3Quirks;
import dev.twinbucket.store.s3.S3StoreSettings;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The S3 adapter on the embedded S3, which deviates in nothing. */
class LocalS3StoreTest extends ObjectStoreContract {
  @Override
  StoreBackend start() {
    return new Backend();
  }

  private static final class Backend implements StoreBackend {
    private final AtomicInteger buckets = new AtomicInteger();
    private final LocalS3 s3 = LocalS3.start();
    private final ObjectStore store =
        S3ObjectStore.open(
            new S3StoreSettings(
                Optional.of(URI.create(s3.endpoint())),
                Optional.of(s3.region()),
                S3StoreSettings.Addressing.AUTOMATIC,
                new S3Credentials.Keys("id", "secret", Optional.empty()),
                S3Quirks.NONE));

    @Override
    public Cloud cloud() {
      return Cloud.S3;
    }

    @Override
    public ObjectStore store() {
      return store;
    }

    @Override
    public BucketLocation newBucket(boolean versioned) {
      String name = "bucket-" + buckets.incrementAndGet();
      s3.createBucket(name, versioned ? Versioning.ENABLED : Versioning.UNVERSIONED);
      return new BucketLocation("s3", name);
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
      return OptionalLong.of(s3.requests().values().stream().mapToLong(Long::longValue).sum());
    }

    @Override
    public void close() {
      store.close();
      s3.close();
    }
  }
}
