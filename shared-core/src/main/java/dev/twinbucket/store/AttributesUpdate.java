package dev.twinbucket.store;

import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.Provenance;
import java.util.Optional;

/**
 * New attributes for an object whose bytes stay.
 *
 * @param current what was observed; the update happens only if the object still is this version
 * @param attributes all of the new ones; what they do not name is removed
 * @param stamp the new stamp; empty leaves the object without one
 * @param placement how the store is to keep it
 */
public record AttributesUpdate(
    ObjectSnapshot current,
    ObjectAttributes attributes,
    Optional<Provenance> stamp,
    Placement placement) {
  /** An update of a replica, which always has a stamp. */
  public AttributesUpdate(
      ObjectSnapshot current, ObjectAttributes attributes, Provenance stamp, Placement placement) {
    this(current, attributes, Optional.of(stamp), placement);
  }
}
