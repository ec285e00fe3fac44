package dev.twinbucket.store.s3;

import dev.twinbucket.store.Capabilities;

/**
 * What an S3-compatible store does not do as S3 does. The adapter never pretends: it does not check
 * and then write where a store ignores conditions; who wires it reads {@link Capabilities} and
 * decides.
 *
 * @param ignoresWriteConditions puts succeed whatever {@code If-Match} and {@code If-None-Match}
 *     say
 * @param ignoresDeleteConditions deletes succeed whatever {@code If-Match} says
 * @param lacksCrc32c the store does not verify and keep {@code x-amz-checksum-crc32c}: uploads are
 *     protected by {@code Content-MD5}
 * @param lacksTagCount answers do not tell how many tags there are: they are asked for at each look
 * @param lacksTags there are no tags at all: they are neither asked for nor sent
 * @param lacksCopyInPlace attributes cannot be replaced by copying an object onto itself
 */
public record S3Quirks(
    boolean ignoresWriteConditions,
    boolean ignoresDeleteConditions,
    boolean lacksCrc32c,
    boolean lacksTagCount,
    boolean lacksTags,
    boolean lacksCopyInPlace) {
  /** A store that does all that S3 does. */
  public static final S3Quirks NONE = new S3Quirks(false, false, false, false, false, false);

  private static final long LARGEST_PUT = 5L << 30;

  Capabilities capabilities() {
    return new Capabilities(
        !ignoresWriteConditions,
        !ignoresDeleteConditions,
        !lacksCrc32c,
        !lacksCopyInPlace,
        false,
        LARGEST_PUT);
  }
}
