package dev.twinbucket.settings;

import dev.twinbucket.object.BucketLocation;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code store://bucket/prefix}. What follows the bucket's slash is the prefix exactly as
 * written: it is no path and no URI, and nothing in it is decoded.
 */
final class PlaceReader {
  /** S3's own rules ("General purpose bucket naming rules"). */
  private static final Pattern S3_BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /** GCS's own rules ("About Cloud Storage buckets"); with dots a name can be longer. */
  private static final Pattern GCS_BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");

  /** Other servers are less strict. */
  private static final Pattern ANY_BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,254}");

  private static final String SEPARATOR = "://";
  private static final int LONGEST_PREFIX = 1000;

  private final Map<String, String> providers;
  private final Problems problems;

  /**
   * A reader.
   *
   * @param providers the kind of each configured store by its name
   */
  PlaceReader(Map<String, String> providers, Problems problems) {
    this.providers = providers;
    this.problems = problems;
  }

  /** Reads a place, or says what is wrong with it. */
  Optional<Place> read(String where, String text) {
    int scheme = text.indexOf(SEPARATOR);
    if (scheme <= 0) {
      problems.add(where, Problems.quote(text), shape());
      return Optional.empty();
    }
    String store = text.substring(0, scheme);
    if (!providers.containsKey(store)) {
      problems.add(
          where,
          "the store " + Problems.quote(store),
          "one of " + String.join(", ", providers.keySet()),
          "Name another endpoint under \"endpoints\" of the document before a rule uses it. "
              + NearestName.suggest(store, providers.keySet()));
      return Optional.empty();
    }
    String rest = text.substring(scheme + SEPARATOR.length());
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    String prefix = slash < 0 ? "" : rest.substring(slash + 1);
    if (!pattern(store).matcher(bucket).matches()) {
      problems.add(
          where, "the bucket " + Problems.quote(bucket), "a name that a bucket can have there");
      return Optional.empty();
    }
    if (!isPossible(prefix, providers.get(store))) {
      problems.add(
          where,
          "the prefix " + Problems.quote(prefix),
          "a prefix that keys can have there, of at most " + LONGEST_PREFIX + " bytes");
      return Optional.empty();
    }
    return Optional.of(new Place(new BucketLocation(store, bucket), prefix));
  }

  private String shape() {
    return "STORE://BUCKET/PREFIX, where STORE is one of " + String.join(", ", providers.keySet());
  }

  private static Pattern pattern(String store) {
    return switch (store) {
      case "s3" -> S3_BUCKET;
      case "gs" -> GCS_BUCKET;
      default -> ANY_BUCKET;
    };
  }

  private static boolean isPossible(String prefix, String provider) {
    boolean breaks = prefix.indexOf('\n') >= 0 || prefix.indexOf('\r') >= 0;
    if (breaks && provider.equals("gs")) {
      return false;
    }
    try {
      int bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(prefix)).remaining();
      return bytes <= LONGEST_PREFIX;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
