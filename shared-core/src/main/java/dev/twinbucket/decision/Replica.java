package dev.twinbucket.decision;

import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Provenance;

/**
 * What an object's stamp is worth. Copies, downloads that were uploaded again, and objects that
 * somebody overwrote while keeping the metadata carry stamps as well: one counts only if it names
 * this very counterpart and the bytes are those that it was written with.
 */
sealed interface Replica {
  /** Not a replica of the counterpart: somebody's own write. */
  record None() implements Replica {}

  /** The stamp names the counterpart, but the store keeps no checksum to test it by. */
  record Unproven() implements Replica {}

  /**
   * Written by us from the counterpart.
   *
   * @param origin the counterpart's version that it was made from
   * @param intact whether the attributes are still those that it was written with
   * @param writeId which of our writes it was
   */
  record Of(ObjectVersion origin, boolean intact, String writeId) implements Replica {}

  /** Judges an object's stamp. */
  static Replica judge(ObjectSnapshot object, ObjectLocation counterpart) {
    if (object.provenance().isEmpty()) {
      return new None();
    }
    Provenance stamp = object.provenance().get();
    if (!stamp.names(counterpart)) {
      return new None();
    }
    if (object.crc().isEmpty()) {
      return new Unproven();
    }
    return stamp.crc().equals(object.crc().get())
        ? new Of(
            stamp.version(),
            stamp.attributes().equals(object.attributes().digest()),
            stamp.writeId())
        : new None();
  }
}
