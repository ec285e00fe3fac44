package dev.twinbucket.local.s3;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One page of a listing: entries and common prefixes together, at most so many.
 *
 * @param entries what is listed by itself
 * @param prefixes what was rolled up by the delimiter
 * @param last the entry at which the page was cut off, empty when nothing follows
 * @param lastName the key or common prefix at which the page was cut off
 */
record ListingPage<T>(
    List<T> entries, List<String> prefixes, Optional<T> last, Optional<String> lastName) {

  /**
   * Cuts a page.
   *
   * @param sorted the candidates in the order of the listing, those before the marker left out
   * @param marker keys under a common prefix that is not behind this one are left out
   */
  static <T> ListingPage<T> cut(
      List<T> sorted,
      Function<T, String> key,
      String prefix,
      String delimiter,
      String marker,
      int most) {
    List<T> entries = new ArrayList<>();
    Set<String> prefixes = new LinkedHashSet<>();
    T last = null;
    String lastName = null;
    for (T candidate : sorted) {
      String name = key.apply(candidate);
      if (!name.startsWith(prefix)) {
        continue;
      }
      int at = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
      String common = at < 0 ? null : name.substring(0, at + delimiter.length());
      if (common != null && (prefixes.contains(common) || isBehind(marker, common))) {
        // The last key of a rolled-up group is where the next page goes on.
        last = prefixes.contains(common) ? candidate : last;
        continue;
      }
      if (entries.size() + prefixes.size() == most) {
        return new ListingPage<>(
            entries,
            List.copyOf(prefixes),
            Optional.ofNullable(last),
            Optional.ofNullable(lastName));
      }
      if (common == null) {
        entries.add(candidate);
      } else {
        prefixes.add(common);
      }
      last = candidate;
      lastName = common == null ? name : common;
    }
    return new ListingPage<>(entries, List.copyOf(prefixes), Optional.empty(), Optional.empty());
  }

  private static boolean isBehind(String marker, String common) {
    return !marker.isEmpty() && Utf8Order.INSTANCE.compare(marker, common) >= 0;
  }

  boolean isTruncated() {
    return lastName.isPresent();
  }
}
