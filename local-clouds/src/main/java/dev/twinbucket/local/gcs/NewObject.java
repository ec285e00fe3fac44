package dev.twinbucket.local.gcs;

import java.util.Optional;
import java.util.OptionalInt;

/** What is about to become a generation: bytes, attributes, and what is known about the bytes. */
record NewObject(
    ObjectAttributes attributes,
    Content content,
    Optional<String> md5,
    OptionalInt componentCount) {

  /** An object uploaded in one piece, which therefore has an MD5. */
  static NewObject uploaded(ObjectAttributes attributes, Content content) {
    return new NewObject(attributes, content, Optional.of(content.md5()), OptionalInt.empty());
  }

  /** An object from an XML multipart upload, which has no MD5. */
  static NewObject assembled(ObjectAttributes attributes, Content content) {
    return new NewObject(attributes, content, Optional.empty(), OptionalInt.empty());
  }

  static NewObject composed(ObjectAttributes attributes, Content content, int components) {
    return new NewObject(attributes, content, Optional.empty(), OptionalInt.of(components));
  }

  static NewObject copyOf(StoredObject source, ObjectAttributes attributes) {
    return new NewObject(attributes, source.content(), source.md5(), source.componentCount());
  }
}
