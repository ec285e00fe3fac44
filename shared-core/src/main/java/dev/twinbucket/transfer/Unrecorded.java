package dev.twinbucket.transfer;

import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.store.MultipartUploads;
import dev.twinbucket.store.OpenUploads;
import dev.twinbucket.store.Upload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Uploads that an invocation began and died before it could write down which.
 *
 * <p>Where the store has staging names, the name tells. Elsewhere it is an upload of the very key
 * without any part, begun since the row announced it; somebody else's upload can be just that for a
 * moment, and has then to be begun again by whoever began it, with nothing lost.
 */
final class Unrecorded {
  /** How far a store's clock may be from ours. */
  private static final Duration SKEW = Duration.ofMinutes(15);

  private Unrecorded() {}

  /** Those of a transfer whose upload was about to be begun. */
  static List<Upload> uploads(Run run, Checkpoint row) {
    ObjectLocation destination = row.destination();
    MultipartUploads uploads = run.uploads(destination);
    String staging = MultipartUploads.STAGING_PREFIX + row.writeId();
    List<Upload> found = new ArrayList<>();
    for (OpenUploads.Open open : all(uploads, destination, staging)) {
      if (open.upload().staging().key().equals(staging)) {
        found.add(open.upload());
      }
    }
    for (OpenUploads.Open open : all(uploads, destination, destination.key())) {
      boolean since = open.begun().isAfter(row.begun().minus(SKEW));
      if (since
          && open.upload().staging().equals(destination)
          && uploads.parts(open.upload()).isEmpty()) {
        found.add(open.upload());
      }
    }
    return found;
  }

  private static List<OpenUploads.Open> all(
      MultipartUploads uploads, ObjectLocation destination, String prefix) {
    List<OpenUploads.Open> found = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      OpenUploads page = uploads.open(destination.bucket(), prefix, after);
      found.addAll(page.uploads());
      after = page.next();
    } while (after.isPresent());
    return found;
  }
}
