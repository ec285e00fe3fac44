package dev.twinbucket.store;

import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.Provenance;

/**
 * New attributes for an object whose bytes stay.
 *
 * @param current what was observed; the update happens only if the object still is this version
 * @param attributes all of the new ones; what they do not name is removed
 * @param stamp the new stamp
 * @param placement how the store is to keep it
 */
public record AttributesUpdate(
    ObjectSnapshot current, ObjectAttributes attributes, Provenance stamp, Placement placement) {}
