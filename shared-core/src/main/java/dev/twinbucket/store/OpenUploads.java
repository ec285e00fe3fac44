package dev.twinbucket.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One page of uploads that are open.
 *
 * @param uploads in no promised order
 * @param next where the next page begins, empty after the last
 */
public record OpenUploads(List<Open> uploads, Optional<String> next) {
  public OpenUploads {
    uploads = List.copyOf(uploads);
  }

  /**
   * An upload, or what a completion left under the reserved prefix. Where there is a staging name
   * the store does not know the destination: the upload then names the staging place as both, which
   * is all that {@link MultipartUploads#abort} needs. The id of what a completion left is empty.
   *
   * @param upload which
   * @param begun when, by the store's clock
   */
  public record Open(Upload upload, Instant begun) {}
}
