package dev.twinbucket.store.gcs;

import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The latest objects that the JSON API told everything about. What a generation and metageneration
 * hold never changes, so that a read of just that version need not rely on the XML API's headers.
 */
final class ExactLooks {
  private static final int MOST = 256;

  private final Map<ObjectLocation, ObjectSnapshot> latest =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectLocation, ObjectSnapshot> eldest) {
          return size() > MOST;
        }
      };

  synchronized ObjectSnapshot remember(ObjectSnapshot snapshot) {
    latest.remove(snapshot.location());
    latest.put(snapshot.location(), snapshot);
    return snapshot;
  }

  synchronized Optional<ObjectSnapshot> recall(ObjectLocation location, ObjectVersion version) {
    return Optional.ofNullable(latest.get(location))
        .filter(snapshot -> snapshot.version().equals(version));
  }
}
