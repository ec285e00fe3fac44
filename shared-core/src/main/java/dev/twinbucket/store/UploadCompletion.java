package dev.twinbucket.store;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.Provenance;
import java.util.List;
import java.util.Optional;

/**
 * How an upload ends.
 *
 * @param upload which
 * @param parts all of them, in the order of their numbers
 * @param size of the whole, in bytes
 * @param crc of the whole
 * @param attributes as the upload was begun with
 * @param stamp as the upload was begun with, or the whole stamp of an upload that was begun
 *     without: see {@link Capabilities#stampsAtCompletion}
 * @param placement as the upload was begun with
 * @param condition what must hold at the destination
 */
public record UploadCompletion(
    Upload upload,
    List<UploadedPart> parts,
    long size,
    Crc32c crc,
    ObjectAttributes attributes,
    Optional<Provenance> stamp,
    Placement placement,
    WriteCondition condition) {
  public UploadCompletion {
    parts = List.copyOf(parts);
  }
}
