package dev.twinbucket.store.gcs;

import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.PredefinedAcl;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.StoreException.InvalidRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Spells a placement's ACL, which is in S3's words, and its key in the SDK's options. */
final class GcsPlacement {
  private GcsPlacement() {}

  static List<BlobTargetOption> options(Placement placement) {
    List<BlobTargetOption> options = new ArrayList<>(acl(placement));
    if (!placement.kmsKey().isEmpty()) {
      options.add(BlobTargetOption.kmsKeyName(placement.kmsKey()));
    }
    return options;
  }

  static List<BlobTargetOption> acl(Placement placement) {
    return predefined(placement).map(BlobTargetOption::predefinedAcl).stream().toList();
  }

  static Optional<PredefinedAcl> predefined(Placement placement) {
    return Optional.ofNullable(
        switch (placement.cannedAcl()) {
          case "" -> null;
          case "private" -> PredefinedAcl.PRIVATE;
          case "project-private" -> PredefinedAcl.PROJECT_PRIVATE;
          case "public-read" -> PredefinedAcl.PUBLIC_READ;
          case "authenticated-read" -> PredefinedAcl.AUTHENTICATED_READ;
          case "bucket-owner-read" -> PredefinedAcl.BUCKET_OWNER_READ;
          case "bucket-owner-full-control" -> PredefinedAcl.BUCKET_OWNER_FULL_CONTROL;
          default ->
              throw new InvalidRequest(
                  InvalidRequest.Kind.OTHER,
                  "GCS has no predefined ACL for " + placement.cannedAcl());
        });
  }
}
