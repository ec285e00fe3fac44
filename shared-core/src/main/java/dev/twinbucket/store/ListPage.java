package dev.twinbucket.store;

import java.time.Instant;
import java.util.List;

/**
 * One page of a listing.
 *
 * @param objects in the order of their names' UTF-8 bytes
 * @param next the continuation of the next page, empty when this is the last
 */
public record ListPage(List<Listed> objects, String next) {
  public ListPage {
    objects = List.copyOf(objects);
  }

  /**
   * What a listing tells of an object.
   *
   * @param key its name
   * @param size bytes
   * @param modified when it was written
   * @param identity the ETag or the generation
   */
  public record Listed(String key, long size, Instant modified, String identity) {}
}
