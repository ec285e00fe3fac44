package dev.twinbucket.local.s3;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An open multipart upload. Safe for use by several threads. */
final class MultipartUpload {
  /** The order of ListMultipartUploads: by key, then by age. */
  static final Comparator<MultipartUpload> LISTING_ORDER =
      Comparator.comparing(MultipartUpload::key, Utf8Order.INSTANCE)
          .thenComparing(MultipartUpload::initiated)
          .thenComparing(MultipartUpload::id);

  private final String id;
  private final String key;
  private final Instant initiated;
  private final ObjectAttributes attributes;
  private final Map<String, String> tags;
  private final Optional<ChecksumAlgorithm> algorithm;
  private final StoredChecksum.Type checksumType;
  private final TreeMap<Integer, UploadedPart> parts = new TreeMap<>();

  MultipartUpload(
      String id,
      String key,
      Instant initiated,
      ObjectAttributes attributes,
      Map<String, String> tags,
      Optional<ChecksumAlgorithm> algorithm,
      StoredChecksum.Type checksumType) {
    this.id = id;
    this.key = key;
    this.initiated = initiated;
    this.attributes = attributes;
    this.tags = Map.copyOf(tags);
    this.algorithm = algorithm;
    this.checksumType = checksumType;
  }

  String id() {
    return id;
  }

  String key() {
    return key;
  }

  Instant initiated() {
    return initiated;
  }

  ObjectAttributes attributes() {
    return attributes;
  }

  Map<String, String> tags() {
    return tags;
  }

  /** The checksum algorithm that the upload was created with. */
  Optional<ChecksumAlgorithm> algorithm() {
    return algorithm;
  }

  StoredChecksum.Type checksumType() {
    return checksumType;
  }

  /** Adds a part, or replaces the one with its number. */
  synchronized void put(UploadedPart part) {
    parts.put(part.number(), part);
  }

  /** The parts in the order of their numbers. */
  synchronized List<UploadedPart> parts() {
    return List.copyOf(parts.values());
  }

  synchronized Optional<UploadedPart> part(int number) {
    return Optional.ofNullable(parts.get(number));
  }
}
