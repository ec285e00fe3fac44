package dev.twinbucket.local.gcs;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * One thing that happened to one generation.
 *
 * @param overwroteGeneration on a finalize, the generation that it replaced
 * @param overwrittenByGeneration on a delete or archive, the generation that caused it
 */
record ObjectChange(
    GcsEventType type,
    StoredObject object,
    Instant at,
    OptionalLong overwroteGeneration,
    OptionalLong overwrittenByGeneration) {

  static ObjectChange of(GcsEventType type, StoredObject object, Instant at) {
    return new ObjectChange(type, object, at, OptionalLong.empty(), OptionalLong.empty());
  }

  static ObjectChange finalizeOver(StoredObject object, long replaced, Instant at) {
    return new ObjectChange(
        GcsEventType.FINALIZE, object, at, OptionalLong.of(replaced), OptionalLong.empty());
  }

  static ObjectChange overwritten(GcsEventType type, StoredObject old, long by, Instant at) {
    return new ObjectChange(type, old, at, OptionalLong.empty(), OptionalLong.of(by));
  }
}
