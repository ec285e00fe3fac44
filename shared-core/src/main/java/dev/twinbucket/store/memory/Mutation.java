package dev.twinbucket.store.memory;

import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import java.util.Optional;

/**
 * One change of one object: what a cloud would notify about.
 *
 * @param location of the object
 * @param before what was current until then
 * @param after what is current from then on
 */
public record Mutation(
    ObjectLocation location, Optional<ObjectSnapshot> before, Optional<ObjectSnapshot> after) {}
