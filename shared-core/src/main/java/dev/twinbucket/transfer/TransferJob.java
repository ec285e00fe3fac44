package dev.twinbucket.transfer;

import dev.twinbucket.object.Fingerprint;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.store.Placement;

/**
 * One large copy that is wanted, as decided from what was just seen.
 *
 * @param rule the rule's name
 * @param name of the object under that rule
 * @param source what is to be copied, just this version of it
 * @param destination where to
 * @param placement how it is to be kept there
 */
public record TransferJob(
    String rule,
    String name,
    ObjectSnapshot source,
    ObjectLocation destination,
    Placement placement) {
  /**
   * A fingerprint of all that a copy is made from and for, but the version. The attributes are in
   * it, since they can look different to a read and to a look.
   */
  String likeness() {
    return new Fingerprint()
        .add(source.location().exact())
        .add(destination.exact())
        .add(source.attributes().digest())
        .add(placement.storageClass())
        .add(placement.cannedAcl())
        .add(placement.kmsKey())
        .toString();
  }

  /** Whether a transfer is the one that is wanted. */
  boolean isOf(Checkpoint checkpoint) {
    return checkpoint.version().sameAs(source.version())
        && checkpoint.plan().size() == source.size()
        && checkpoint.likeness().equals(likeness());
  }
}
