package dev.twinbucket.store.memory;

import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.store.Placement;
import java.util.Optional;

/**
 * One whole object to be written.
 *
 * @param bytes nobody changes them any more
 * @param etag what S3 calls them
 * @param md5 empty if they came in parts
 */
@SuppressWarnings("ArrayRecordComponent") // passed from one call to the next, never compared
record Written(
    ObjectLocation location,
    byte[] bytes,
    String etag,
    Optional<String> md5,
    ObjectAttributes attributes,
    Optional<Provenance> stamp,
    Placement placement) {}
