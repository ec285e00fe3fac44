package dev.twinbucket.event;

import dev.twinbucket.object.Escaping;
import java.time.Instant;
import java.util.Optional;

/**
 * A hint: "look at this key, something was said to have happened to it". Events arrive late, twice,
 * out of order, or forged; nothing that they say is taken for true but the place to look at, and
 * that only inside configured rules. What they say of versions is used to skip work that is
 * provably done, never to do any.
 *
 * @param provider the kind of store that spoke: {@code s3} (any S3-compatible one) or {@code gs}
 * @param bucket the bucket's name
 * @param key the object's name, decoded exactly as often as its format encodes it
 * @param type what is said to have happened
 * @param writeId the generation or version id it names, empty if none
 * @param revision the metageneration it names, empty if none
 * @param etag the ETag it names without quotes, empty if none
 * @param size the size it names in bytes, or {@link #UNKNOWN_SIZE}
 * @param time when it says that it happened
 * @param replacesKnown whether it says that the write replaced an existing object, or that a
 *     deletion came with a write that replaced what it deleted
 */
public record ObjectEvent(
    String provider,
    String bucket,
    String key,
    EventType type,
    String writeId,
    String revision,
    String etag,
    long size,
    Optional<Instant> time,
    boolean replacesKnown) {
  /** The event does not tell the size. */
  public static final long UNKNOWN_SIZE = -1;

  /** A hint that names nothing but the place, as an operator's or a reconcile's. */
  public static ObjectEvent look(String provider, String bucket, String key, EventType type) {
    return new ObjectEvent(
        provider, bucket, key, type, "", "", "", UNKNOWN_SIZE, Optional.empty(), false);
  }

  /**
   * Whether something may have appeared by this deletion: S3 tells of a delete marker's removal,
   * which makes what it hid current again, as of any other deletion of a version.
   */
  public boolean mayReveal() {
    return type == EventType.DELETED && provider.equals("s3") && !writeId.isEmpty();
  }

  @Override
  public String toString() {
    return type + " " + provider + "://" + Escaping.forLog(bucket) + "/" + Escaping.forLog(key);
  }
}
