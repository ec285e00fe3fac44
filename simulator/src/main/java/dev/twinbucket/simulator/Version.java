package dev.twinbucket.simulator;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectSnapshot;

/**
 * One whole version as users see it.
 *
 * @param crc of the bytes
 * @param attributes a digest
 */
record Version(Crc32c crc, String attributes) {
  static Version of(ObjectSnapshot object) {
    return new Version(object.crc().orElseThrow(), object.attributes().digest());
  }
}
