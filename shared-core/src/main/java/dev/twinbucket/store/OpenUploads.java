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
   * An upload, or what a completion left under the reserved prefix.
   *
   * @param upload which
   * @param begun when, by the store's clock
   */
  public record Open(Upload upload, Instant begun) {}
}
