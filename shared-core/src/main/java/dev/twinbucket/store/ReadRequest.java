package dev.twinbucket.store;

import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectVersion;
import java.util.Optional;

/**
 * What to read.
 *
 * @param location which object
 * @param pin the only version to be read, or empty for whatever is current
 * @param offset the first byte, zero or more
 * @param length how many bytes at most, or {@link #TO_THE_END}
 */
public record ReadRequest(
    ObjectLocation location, Optional<ObjectVersion> pin, long offset, long length) {
  /** All that follows the offset. */
  public static final long TO_THE_END = -1;

  public ReadRequest {
    if (offset < 0 || length == 0 || length < TO_THE_END) {
      throw new IllegalArgumentException("not a range: " + offset + "+" + length);
    }
    if (pin.isEmpty() && (offset != 0 || length != TO_THE_END)) {
      throw new IllegalArgumentException("a range without a pin could mix two versions");
    }
  }

  /** The whole current object, whichever version that is. */
  public static ReadRequest current(ObjectLocation location) {
    return new ReadRequest(location, Optional.empty(), 0, TO_THE_END);
  }

  /** The whole object, if it still is this version. */
  public static ReadRequest pinned(ObjectLocation location, ObjectVersion version) {
    return new ReadRequest(location, Optional.of(version), 0, TO_THE_END);
  }

  /** A range of just this version. */
  public static ReadRequest range(
      ObjectLocation location, ObjectVersion version, long offset, long length) {
    return new ReadRequest(location, Optional.of(version), offset, length);
  }
}
