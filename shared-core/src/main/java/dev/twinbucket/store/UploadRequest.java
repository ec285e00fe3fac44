package dev.twinbucket.store;

import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.Provenance;
import java.util.Optional;

/**
 * An upload to be begun.
 *
 * @param destination where the object is to appear
 * @param name unique to this upload, of letters, digits, {@code .} and {@code -}: the staging name
 *     where the store needs one
 * @param attributes what goes in with the bytes
 * @param stamp where they come from, if all of it is known yet; see {@link UploadCompletion#stamp}
 * @param placement how the store is to keep it
 */
public record UploadRequest(
    ObjectLocation destination,
    String name,
    ObjectAttributes attributes,
    Optional<Provenance> stamp,
    Placement placement) {}
