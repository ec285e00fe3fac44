package dev.twinbucket.local.gcs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The generations of one bucket. Not safe for use by several threads: its owner locks. */
final class Bucket {

  private final String name;
  private final Instant created;
  private BucketSettings settings;
  private long metageneration = 1;
  private Instant updated;

  /** Per name its generations, oldest first; only the last one can be live. */
  private final NavigableMap<String, List<StoredObject>> objects = new TreeMap<>(ObjectNames.ORDER);

  Bucket(String name, BucketSettings settings, Instant created) {
    this.name = name;
    this.settings = settings;
    this.created = created;
    this.updated = created;
  }

  String name() {
    return name;
  }

  BucketSettings settings() {
    return settings;
  }

  long metageneration() {
    return metageneration;
  }

  Instant created() {
    return created;
  }

  Instant updated() {
    return updated;
  }

  void change(BucketSettings changed, Instant now) {
    settings = changed;
    metageneration++;
    updated = now;
  }

  boolean isEmpty() {
    return objects.isEmpty();
  }

  /** Names from {@code first} on, with all generations of each. */
  NavigableMap<String, List<StoredObject>> from(String first) {
    return Collections.unmodifiableNavigableMap(objects.tailMap(first, true));
  }

  Optional<StoredObject> live(String object) {
    return generations(object).reduce((older, newer) -> newer).filter(StoredObject::isLive);
  }

  /** The live object, or the given generation of it. */
  Optional<StoredObject> find(String object, OptionalLong generation) {
    return generation.isEmpty()
        ? live(object)
        : generations(object).filter(o -> o.generation() == generation.getAsLong()).findFirst();
  }

  private Stream<StoredObject> generations(String object) {
    return objects.getOrDefault(object, List.of()).stream();
  }

  void add(StoredObject object) {
    objects.computeIfAbsent(object.name(), key -> new ArrayList<>()).add(object);
  }

  void replace(StoredObject old, StoredObject with) {
    Collections.replaceAll(objects.get(old.name()), old, with);
  }

  void remove(StoredObject object) {
    List<StoredObject> generations = objects.get(object.name());
    generations.remove(object);
    if (generations.isEmpty()) {
      objects.remove(object.name());
    }
  }
}
