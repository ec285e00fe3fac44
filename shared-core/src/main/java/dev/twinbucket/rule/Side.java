package dev.twinbucket.rule;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Escaping;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.store.Placement;
import java.util.Map;
import java.util.Optional;

/**
 * One side of a rule: a bucket, or the part of it whose keys begin with a prefix.
 *
 * @param bucket the bucket
 * @param prefix what every key begins with; may be empty; nothing is added to it, not even a slash
 * @param placement canned ACL, KMS key and default storage class of what is written here
 * @param storageClasses the storage class to write here for each storage class over there; a class
 *     that is not listed takes the placement's
 */
public record Side(
    BucketLocation bucket, String prefix, Placement placement, Map<String, String> storageClasses) {
  public Side {
    storageClasses = Map.copyOf(storageClasses);
  }

  /** A side without a wish as to how it is kept. */
  public static Side of(BucketLocation bucket, String prefix) {
    return new Side(bucket, prefix, Placement.DEFAULT, Map.of());
  }

  /**
   * What a key is called on both sides: the key without this side's prefix.
   *
   * @return empty if the key is not under the prefix, or is the prefix itself
   */
  public Optional<String> nameOf(String key) {
    return key.startsWith(prefix) && key.length() > prefix.length()
        ? Optional.of(key.substring(prefix.length()))
        : Optional.empty();
  }

  /** Where an object of that name is on this side. */
  public ObjectLocation locate(String name) {
    return bucket.object(prefix + name);
  }

  /** How an object is to be kept here that has that storage class over there. */
  public Placement placementFor(String storageClassThere) {
    String mapped = storageClasses.get(storageClassThere);
    return mapped == null
        ? placement
        : new Placement(mapped, placement.cannedAcl(), placement.kmsKey());
  }

  /** As {@code store://bucket/prefix}. */
  @Override
  public String toString() {
    return bucket + "/" + Escaping.forLog(prefix);
  }
}
