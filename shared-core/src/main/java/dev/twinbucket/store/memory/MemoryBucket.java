package dev.twinbucket.store.memory;

import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The objects of one bucket in the order in which clouds list them. Not safe for threads. */
final class MemoryBucket {
  /** Both clouds list in the order of the names' UTF-8 bytes, which is not that of UTF-16. */
  private static final Comparator<String> BY_BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private final NavigableMap<String, StoredObject> current = new TreeMap<>(BY_BYTES);
  private final Map<String, List<StoredObject>> noncurrent = new HashMap<>();

  Optional<StoredObject> find(String key) {
    return Optional.ofNullable(current.get(key));
  }

  void put(String key, StoredObject object) {
    current.put(key, object);
  }

  void remove(String key) {
    current.remove(key);
  }

  void keep(StoredObject replaced) {
    noncurrent
        .computeIfAbsent(replaced.snapshot().location().key(), key -> new ArrayList<>())
        .addLast(replaced);
  }

  List<ObjectSnapshot> noncurrent(String key) {
    return kept(key).stream().map(StoredObject::snapshot).toList();
  }

  /** Takes the newest noncurrent version out. */
  Optional<StoredObject> takeNewest(String key) {
    List<StoredObject> kept = kept(key);
    return kept.isEmpty() ? Optional.empty() : Optional.of(kept.removeLast());
  }

  boolean dropNoncurrent(String key, ObjectVersion version) {
    return kept(key).removeIf(object -> object.snapshot().version().equals(version));
  }

  private List<StoredObject> kept(String key) {
    return noncurrent.getOrDefault(key, new ArrayList<>());
  }

  /** What begins with the prefix and comes after the name {@code after}, one more than asked. */
  List<ObjectSnapshot> list(String prefix, String after, int limit) {
    NavigableMap<String, StoredObject> rest =
        BY_BYTES.compare(after, prefix) < 0
            ? current.tailMap(prefix, true)
            : current.tailMap(after, after.isEmpty());
    return rest.values().stream()
        .map(StoredObject::snapshot)
        .takeWhile(object -> object.location().key().startsWith(prefix))
        .limit(limit + 1L)
        .toList();
  }
}
