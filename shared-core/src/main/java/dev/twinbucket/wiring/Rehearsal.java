package dev.twinbucket.wiring;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.outcome.LogFormat;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.Stores;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.store.memory.Flavour;
import dev.twinbucket.store.memory.InMemoryObjectStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * A Twinbucket on stores in memory, with one object that waits to be copied. Handlers send a
 * notification through it before a snapshot of the process is taken, so that what every invocation
 * needs is loaded by then; nothing leaves the process.
 */
public final class Rehearsal {
  /** The bucket on S3 with the object in it. */
  public static final String BUCKET = "rehearsal";

  /** The object's key. */
  public static final String KEY = "object";

  private Rehearsal() {}

  /**
   * Sets it up.
   *
   * @param format in which outcome lines are made, and then dropped
   */
  public static Twinbucket start(LogFormat format) {
    Surroundings process = Surroundings.ofProcess(format);
    Surroundings silent =
        new Surroundings(process.clock(), process.pause(), process.randoms(), format, _ -> {});
    return Twinbucket.start(
        Map.of(
            "TWINBUCKET_LEFT",
            "s3://" + BUCKET + "/",
            "TWINBUCKET_RIGHT",
            "gs://" + BUCKET + "/",
            "TWINBUCKET_STATE",
            "memory:"),
        silent,
        Queues.none(),
        _ -> stores(process.clock()));
  }

  private static Stores stores(Clock clock) {
    BucketLocation left = new BucketLocation("s3", BUCKET);
    InMemoryObjectStore s3 = new InMemoryObjectStore(Flavour.S3, clock);
    s3.createBucket(left);
    ByteBuffer bytes = ByteBuffer.wrap("rehearsal".getBytes(StandardCharsets.US_ASCII));
    s3.put(
        new PutRequest(
            left.object(KEY),
            bytes,
            Crc32c.of(bytes),
            ObjectAttributes.NONE,
            Optional.empty(),
            WriteCondition.ifAbsent(),
            Placement.DEFAULT));
    InMemoryObjectStore gcs = new InMemoryObjectStore(Flavour.GCS, clock);
    gcs.createBucket(new BucketLocation("gs", BUCKET));
    return new Stores(Map.of("s3", s3, "gs", gcs));
  }
}
