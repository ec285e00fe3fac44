package dev.twinbucket.store;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.ObjectLocation;
import java.util.Map;

/**
 * The configured stores by name.
 *
 * @param byName every store that a rule can name
 */
public record Stores(Map<String, ObjectStore> byName) implements AutoCloseable {
  public Stores {
    byName = Map.copyOf(byName);
  }

  /** The store that holds this bucket. */
  public ObjectStore of(BucketLocation bucket) {
    ObjectStore store = byName.get(bucket.store());
    if (store == null) {
      throw new IllegalArgumentException("no such store is configured: " + bucket.store());
    }
    return store;
  }

  /** The store that holds this object. */
  public ObjectStore of(ObjectLocation location) {
    return of(location.bucket());
  }

  @Override
  public void close() {
    byName.values().forEach(ObjectStore::close);
  }
}
