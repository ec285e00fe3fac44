package dev.twinbucket.store;

import dev.twinbucket.object.ObjectVersion;

/** What must hold at the instant of a write, checked by the store itself. */
public sealed interface WriteCondition {
  /** There must be no such object. */
  static WriteCondition ifAbsent() {
    return new IfAbsent();
  }

  /** The object must be exactly this version. */
  static WriteCondition ifUnchanged(ObjectVersion version) {
    return new IfUnchanged(version);
  }

  /** S3: {@code If-None-Match: *}. GCS: {@code ifGenerationMatch=0}. */
  record IfAbsent() implements WriteCondition {}

  /**
   * S3: {@code If-Match} with the ETag. GCS: {@code ifGenerationMatch} and {@code
   * ifMetagenerationMatch}.
   *
   * @param version what was observed
   */
  record IfUnchanged(ObjectVersion version) implements WriteCondition {}
}
