package dev.twinbucket.state;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.store.Capabilities;
import dev.twinbucket.store.memory.Flavour;
import dev.twinbucket.store.memory.InMemoryObjectStore;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.Nested;

/** The contract over objects, on every flavour of store. */
class ObjectStateStoreContractTest {
  private static final BucketLocation BUCKET = new BucketLocation("s3", "state-bucket");
  private static final String PREFIX = ".twinbucket/state/";
  private static final long SEED = 42;

  private static InMemoryObjectStore objects(Flavour flavour, Clock clock) {
    InMemoryObjectStore store = new InMemoryObjectStore(flavour, clock);
    store.createBucket(BUCKET);
    return store;
  }

  private static StateStore rows(Flavour flavour, Clock clock) {
    return new ObjectStateStore(objects(flavour, clock), BUCKET, PREFIX, clock, new Random(SEED));
  }

  @Nested
  class LikeS3 extends StateStoreContract {
    @Override
    protected StateStore open(Clock clock) {
      return rows(Flavour.S3, clock);
    }
  }

  @Nested
  class LikeVersionedS3 extends StateStoreContract {
    @Override
    protected StateStore open(Clock clock) {
      return rows(Flavour.S3_VERSIONED, clock);
    }
  }

  @Nested
  class LikeGcs extends StateStoreContract {
    @Override
    protected StateStore open(Clock clock) {
      return rows(Flavour.GCS, clock);
    }
  }

  @Nested
  class LikeVersionedGcs extends StateStoreContract {
    @Override
    protected StateStore open(Clock clock) {
      return rows(Flavour.GCS_VERSIONED, clock);
    }
  }

  @Nested
  class WithoutConditionalDeletes extends StateStoreContract {
    @Override
    protected StateStore open(Clock clock) {
      FaultyObjectStore weak =
          new FaultyObjectStore(
              objects(Flavour.S3, clock),
              new Capabilities(true, false, true, true, false, 1 << 20));
      return new ObjectStateStore(weak, BUCKET, PREFIX, clock, new Random(SEED));
    }
  }
}
