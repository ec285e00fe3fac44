package dev.twinbucket.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.local.gcs.BucketSettings;
import dev.twinbucket.local.gcs.LocalGcs;
import dev.twinbucket.local.s3.LocalS3;
import dev.twinbucket.local.s3.Versioning;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.gcs.GcsObjectStore;
import dev.twinbucket.store.gcs.GcsStoreSettings;
import dev.twinbucket.store.s3.S3Credentials;
import dev.twinbucket.store.s3.S3ObjectStore;
import dev.twinbucket.store.s3.S3Quirks;
import dev.twinbucket.store.s3.S3StoreSettings;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract over objects, through the real adapters and SDKs over HTTP. */
class ObjectStateStoreOnCloudsTest {
  private static final String PREFIX = ".twinbucket/state/";

  private static LocalS3 s3;
  private static LocalGcs gcs;
  private static ObjectStore s3Store;
  private static ObjectStore gcsStore;
  private static int buckets;

  @BeforeAll
  static void start() {
    s3 = LocalS3.start();
    gcs = LocalGcs.start();
    s3Store =
        S3ObjectStore.open(
            new S3StoreSettings(
                Optional.of(URI.create(s3.endpoint())),
                Optional.of(s3.region()),
                S3StoreSettings.Addressing.AUTOMATIC,
                new S3Credentials.Keys("id", "secret", Optional.empty()),
                S3Quirks.NONE));
    gcsStore =
        GcsObjectStore.open(
            GcsStoreSettings.from(Map.of(GcsStoreSettings.EMULATOR_VARIABLE, gcs.endpoint())));
  }

  @AfterAll
  static void stop() {
    s3Store.close();
    gcsStore.close();
    s3.close();
    gcs.close();
  }

  private static StateStore onS3(Versioning versioning, Clock clock) {
    BucketLocation bucket = new BucketLocation("s3", "state-" + ++buckets);
    s3.createBucket(bucket.bucket(), versioning);
    return new ObjectStateStore(s3Store, bucket, PREFIX, clock, new Random(buckets));
  }

  private static StateStore onGcs(BucketSettings settings, Clock clock) {
    BucketLocation bucket = new BucketLocation("gs", "state-" + ++buckets);
    gcs.createBucket(bucket.bucket(), settings);
    return new ObjectStateStore(gcsStore, bucket, PREFIX, clock, new Random(buckets));
  }

  @Nested
  class OnS3 extends StateStoreContract {
    @Override
    protected StateStore open(Clock clock) {
      return onS3(Versioning.UNVERSIONED, clock);
    }
  }

  @Nested
  class OnVersionedS3 extends StateStoreContract {
    @Override
    protected StateStore open(Clock clock) {
      return onS3(Versioning.ENABLED, clock);
    }
  }

  @Nested
  class OnGcs extends StateStoreContract {
    @Override
    protected StateStore open(Clock clock) {
      return onGcs(BucketSettings.DEFAULT, clock);
    }
  }

  @Nested
  class OnVersionedGcs extends StateStoreContract {
    @Override
    protected StateStore open(Clock clock) {
      return onGcs(BucketSettings.VERSIONED, clock);
    }
  }

  @Test
  void aRowIsAnObjectThatAnOperatorCanRead() {
    BucketLocation bucket = new BucketLocation("s3", "state-" + ++buckets);
    s3.createBucket(bucket.bucket(), Versioning.UNVERSIONED);
    StateStore rows =
        new ObjectStateStore(s3Store, bucket, PREFIX, Clock.systemUTC(), new Random(1));

    rows.compareAndSet("rule/a key", Optional.empty(), "text", Optional.empty());

    assertThat(s3Store.list(ListRequest.first(bucket, "")).objects())
        .singleElement()
        .satisfies(row -> assertThat(row.key()).startsWith(PREFIX));
  }
}
