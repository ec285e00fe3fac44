package dev.twinbucket.store;

import dev.twinbucket.object.ObjectLocation;

/**
 * An upload that was begun; all that another process needs to go on with it.
 *
 * @param destination where the object is to appear
 * @param staging where the store puts it together: the destination itself on S3, a name under the
 *     reserved prefix on Cloud Storage
 * @param id the store's own name for the upload
 */
public record Upload(ObjectLocation destination, ObjectLocation staging, String id) {}
