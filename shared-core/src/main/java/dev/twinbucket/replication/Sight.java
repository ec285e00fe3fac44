package dev.twinbucket.replication;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation;
import dev.twinbucket.object.Observation.Present;
import dev.twinbucket.store.Stores;
import dev.twinbucket.transfer.ContentReader;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Looks at objects, and remembers for the length of one piece of work what it took a whole read to
 * learn: the checksum of a version whose store keeps none.
 */
final class Sight {
  private final Stores stores;
  private final ContentReader reader;
  private final Consumer<ObjectSnapshot> witness;
  private final Map<Known, Crc32c> computed = new HashMap<>();

  /** Sight of stores that nobody else is told of. */
  Sight(Stores stores, ContentReader reader) {
    this(stores, reader, _ -> {});
  }

  /** Sight of stores; the witness is told of everything that is seen. */
  Sight(Stores stores, ContentReader reader, Consumer<ObjectSnapshot> witness) {
    this.stores = stores;
    this.reader = reader;
    this.witness = witness;
  }

  private record Known(ObjectLocation location, ObjectVersion version) {}

  Observation observe(ObjectLocation location) {
    Observation seen = stores.of(location).observe(location);
    seen.object().ifPresent(witness);
    return seen instanceof Present(ObjectSnapshot object) ? new Present(complete(object)) : seen;
  }

  /** Reads a version through, so that it has a checksum whenever it is seen from now on. */
  void read(ObjectSnapshot object) {
    ObjectSnapshot proven = reader.withCrc(stores.of(object.location()), object);
    computed.put(new Known(object.location(), object.version()), proven.crc().orElseThrow());
  }

  private ObjectSnapshot complete(ObjectSnapshot object) {
    Crc32c crc = computed.get(new Known(object.location(), object.version()));
    return crc == null || object.crc().isPresent() ? object : object.withCrc(crc);
  }
}
