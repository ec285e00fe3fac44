package dev.twinbucket.local.gcs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One page of a bucket's listing: objects, prefixes rolled up at a delimiter, and where to go on.
 *
 * @see <a href="https://cloud.google.com/storage/docs/json_api/v1/objects/list">Objects: list</a>
 */
record Listing(List<StoredObject> objects, List<String> prefixes, Optional<String> nextPageToken) {

  /**
   * What is asked for.
   *
   * @param delimiter empty for none
   * @param startOffset first name of interest, inclusive; empty for the very first
   * @param endOffset name at which to stop, exclusive; empty for no end
   * @param versions whether noncurrent generations are listed too
   * @param pageToken token of the page before
   * @param maxResults most objects and prefixes of a page together
   */
  record Query(
      String prefix,
      String delimiter,
      boolean includeTrailingDelimiter,
      String startOffset,
      String endOffset,
      boolean versions,
      Optional<String> pageToken,
      int maxResults) {}

  /**
   * A page token for what follows a name.
   *
   * @param rolledUp whether everything that starts with the name is passed over too
   */
  static String tokenAfter(String name, boolean rolledUp) {
    return new Cursor(name, rolledUp ? Cursor.ROLLED_UP : Long.MAX_VALUE).encode();
  }

  /** The object or prefix of this page that sorts last; empty if there is none. */
  String lastEntry() {
    String object = objects.isEmpty() ? "" : objects.getLast().name();
    return later(object, prefixes.isEmpty() ? "" : prefixes.getLast());
  }

  static Listing of(Bucket bucket, Query query) {
    Cursor after = query.pageToken().map(Cursor::decode).orElse(Cursor.START);
    Page page = new Page(query);
    String first = later(later(query.prefix(), query.startOffset()), after.name());
    for (Map.Entry<String, List<StoredObject>> entry : bucket.from(first).entrySet()) {
      String name = entry.getKey();
      if (!name.startsWith(query.prefix())
          || (!query.endOffset().isEmpty()
              && ObjectNames.ORDER.compare(name, query.endOffset()) >= 0)) {
        break;
      }
      if (after.covers(name)) {
        continue;
      }
      for (StoredObject object : entry.getValue()) {
        if ((query.versions() || object.isLive())
            && !after.covers(name, object.generation())
            && !page.add(object)) {
          return page.cut();
        }
      }
    }
    return page.whole();
  }

  private static String later(String left, String right) {
    return ObjectNames.ORDER.compare(left, right) >= 0 ? left : right;
  }

  /**
   * The last entry of a page.
   *
   * @param generation of an object, or {@link #ROLLED_UP} when everything under the name is done
   */
  private record Cursor(String name, long generation) {
    private static final long ROLLED_UP = -1;
    private static final Cursor START = new Cursor("", 0);

    boolean covers(String other) {
      return generation == ROLLED_UP && other.startsWith(name);
    }

    boolean covers(String other, long otherGeneration) {
      return generation > 0 && other.equals(name) && otherGeneration <= generation;
    }

    String encode() {
      return Base64.getUrlEncoder()
          .encodeToString((generation + "/" + name).getBytes(StandardCharsets.UTF_8));
    }

    static Cursor decode(String token) {
      try {
        String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        int slash = text.indexOf('/');
        return new Cursor(
            text.substring(slash + 1), Long.parseLong(text.substring(0, Math.max(slash, 0))));
      } catch (IllegalArgumentException e) {
        throw GcsError.invalid("Invalid page token");
      }
    }
  }

  private static final class Page {
    private final Query query;
    private final List<StoredObject> objects = new ArrayList<>();
    private final List<String> prefixes = new ArrayList<>();
    private Cursor last = Cursor.START;

    Page(Query query) {
      this.query = query;
    }

    /** Takes the object in; false if the page is full. */
    boolean add(StoredObject object) {
      Optional<String> rolledUp = prefixOf(object.name());
      boolean known = rolledUp.isPresent() && prefixes.contains(rolledUp.get());
      boolean alsoObject =
          rolledUp.isEmpty()
              || (query.includeTrailingDelimiter() && object.name().equals(rolledUp.get()));
      int more = (rolledUp.isPresent() && !known ? 1 : 0) + (alsoObject ? 1 : 0);
      if (more > 0 && size() > 0 && size() + more > query.maxResults()) {
        return false;
      }
      if (rolledUp.isPresent() && !known) {
        prefixes.add(rolledUp.get());
        last = new Cursor(rolledUp.get(), Cursor.ROLLED_UP);
      }
      if (alsoObject) {
        objects.add(object);
        if (rolledUp.isEmpty()) {
          last = new Cursor(object.name(), object.generation());
        }
      }
      return true;
    }

    private int size() {
      return objects.size() + prefixes.size();
    }

    private Optional<String> prefixOf(String name) {
      if (query.delimiter().isEmpty()) {
        return Optional.empty();
      }
      int at = name.indexOf(query.delimiter(), query.prefix().length());
      return at < 0
          ? Optional.empty()
          : Optional.of(name.substring(0, at + query.delimiter().length()));
    }

    Listing cut() {
      return new Listing(objects, prefixes, Optional.of(last.encode()));
    }

    Listing whole() {
      return new Listing(objects, prefixes, Optional.empty());
    }
  }
}
