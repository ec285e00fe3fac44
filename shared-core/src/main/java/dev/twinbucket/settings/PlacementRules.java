package dev.twinbucket.settings;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a kind of store takes for storage classes, canned ACLs and encryption keys.
 *
 * @param storageClasses that can be written; any well-formed name if there are none
 * @param oldStorageClasses that objects can still have, and that can no longer be written
 * @param cannedAcls in S3's words
 * @param kmsKey what the name of an encryption key looks like
 * @param kmsKeyShape the same for people
 */
record PlacementRules(
    List<String> storageClasses,
    List<String> oldStorageClasses,
    List<String> cannedAcls,
    Pattern kmsKey,
    String kmsKeyShape) {

  private static final Pattern CLASS_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private static final List<String> S3_ACLS =
      List.of(
          "private",
          "public-read",
          "public-read-write",
          "authenticated-read",
          "aws-exec-read",
          "bucket-owner-read",
          "bucket-owner-full-control");

  /** Storage classes and canned ACLs of the PutObject reference, key ARNs of the KMS guide. */
  private static final PlacementRules S3 =
      new PlacementRules(
          List.of(
              "STANDARD",
              "STANDARD_IA",
              "ONEZONE_IA",
              "INTELLIGENT_TIERING",
              "GLACIER_IR",
              "GLACIER",
              "DEEP_ARCHIVE",
              "REDUCED_REDUNDANCY",
              "EXPRESS_ONEZONE"),
          List.of(),
          S3_ACLS,
          Pattern.compile(
              "arn:aws[a-z-]*:kms:[a-z0-9-]+:\\d{12}:(key|alias)/[A-Za-z0-9/_-]{1,250}"),
          "arn:aws:kms:REGION:ACCOUNT:key/KEY");

  /**
   * Storage classes and predefined ACLs of the GCS documentation. A predefined ACL is written in
   * S3's words: {@code public-read} is {@code publicRead}.
   */
  private static final PlacementRules GCS =
      new PlacementRules(
          List.of("STANDARD", "NEARLINE", "COLDLINE", "ARCHIVE"),
          List.of("MULTI_REGIONAL", "REGIONAL", "DURABLE_REDUCED_AVAILABILITY"),
          List.of(
              "private",
              "project-private",
              "public-read",
              "authenticated-read",
              "bucket-owner-read",
              "bucket-owner-full-control"),
          Pattern.compile(
              "projects/[^/\\s]+/locations/[^/\\s]+/keyRings/[^/\\s]+/cryptoKeys/[^/\\s]+"),
          "projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY");

  /** Another server has its own storage classes and its own names for keys. */
  private static final PlacementRules COMPATIBLE =
      new PlacementRules(
          List.of(), List.of(), S3_ACLS, Pattern.compile("[\\x21-\\x7e]{1,512}"), "a key's name");

  static PlacementRules of(String store) {
    return switch (store) {
      case "s3" -> S3;
      case "gs" -> GCS;
      default -> COMPATIBLE;
    };
  }

  boolean canWrite(String storageClass) {
    return storageClasses.isEmpty()
        ? CLASS_NAME.matcher(storageClass).matches()
        : storageClasses.contains(storageClass);
  }

  boolean canHave(String storageClass) {
    return canWrite(storageClass) || oldStorageClasses.contains(storageClass);
  }

  /** For messages. */
  String classes() {
    return storageClasses.isEmpty()
        ? "a storage class's name"
        : "one of " + String.join(", ", storageClasses);
  }
}
