package dev.twinbucket.store.gcs;

import com.google.api.client.http.HttpHeaders;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.store.adapter.AttributeRules;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The headers of the XML API's GET, which hold in one answer what the JSON API spreads over two.
 *
 * @see <a href="https://docs.cloud.google.com/storage/docs/xml-api/reference-headers">GCS: headers
 *     of the XML API</a>
 */
final class XmlHeaders extends HttpHeaders {
  private static final String META = "x-goog-meta-";

  /**
   * What GCS says for an object that has no Cache-Control, and would say for one that has just
   * this: it is taken for none. A look by the JSON API tells the difference.
   */
  private static final String DEFAULT_OF_PRIVATE = "private, max-age=0";

  /** The same for what everybody may read; but this is a value that people do choose. */
  private static final String DEFAULT_OF_PUBLIC = "public, max-age=3600";

  /** Names as they came, by their lower-case form: the SDK's own map forgets their case. */
  private final Map<String, String> spelling = new HashMap<>();

  @Override
  public HttpHeaders set(String fieldName, Object value) {
    spelling.put(fieldName.toLowerCase(Locale.ROOT), fieldName);
    return super.set(fieldName, value);
  }

  /** Whether all is there that a snapshot cannot do without. */
  boolean areUsable() {
    return isNumber(generation())
        && isNumber(metageneration())
        && isNumber(one("x-goog-stored-content-length"))
        && hash("crc32c").isPresent()
        && parseDate().isPresent();
  }

  /**
   * Whether they say everything about the attributes. They do not if text had to be squeezed into a
   * header, if two names differ only in case, or if GCS may have filled in a default.
   */
  boolean areLossless() {
    boolean plain =
        keySet().stream()
            .filter(name -> name.startsWith(META) || isSystem(name))
            .allMatch(
                name -> {
                  List<String> values = getHeaderStringValues(name);
                  return values.size() == 1
                      && values.getFirst().chars().allMatch(c -> c >= ' ' && c <= '~');
                });
    return plain && !one("cache-control").equals(DEFAULT_OF_PUBLIC);
  }

  private static boolean isSystem(String name) {
    return name.equals("content-type")
        || name.equals("cache-control")
        || name.equals("content-disposition")
        || name.equals("content-language");
  }

  String generation() {
    return one("x-goog-generation");
  }

  String metageneration() {
    return one("x-goog-metageneration");
  }

  long storedLength() {
    return Long.parseLong(one("x-goog-stored-content-length"));
  }

  String storageClass() {
    String name = one("x-goog-storage-class");
    return name.isEmpty() ? "STANDARD" : name;
  }

  String contentRange() {
    return one("content-range");
  }

  long contentLength() {
    String length = one("content-length");
    return isNumber(length) ? Long.parseLong(length) : -1;
  }

  Instant modified() {
    return parseDate().orElseThrow();
  }

  private Optional<Instant> parseDate() {
    try {
      return Optional.of(
          Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(one("last-modified"))));
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }

  SystemHeaders system() {
    String encoding = one("x-goog-stored-content-encoding");
    return new SystemHeaders(
        one("content-type"),
        one("cache-control").equals(DEFAULT_OF_PRIVATE) ? "" : one("cache-control"),
        one("content-disposition"),
        encoding.equals("identity") ? "" : encoding,
        one("content-language"),
        "",
        "",
        customTime());
  }

  private String customTime() {
    String time = one("x-goog-custom-time");
    try {
      return time.isEmpty() ? "" : AttributeRules.customTime(Instant.parse(time));
    } catch (DateTimeException notATime) {
      return "";
    }
  }

  Map<String, String> metadata() {
    Map<String, String> metadata = new TreeMap<>();
    for (String name : keySet()) {
      if (name.startsWith(META)) {
        metadata.put(spelling.getOrDefault(name, name).substring(META.length()), one(name));
      }
    }
    return metadata;
  }

  /** One of the hashes, which come in one header, or in several. */
  Optional<String> hash(String algorithm) {
    return getHeaderStringValues("x-goog-hash").stream()
        .flatMap(header -> List.of(header.split(",")).stream())
        .map(String::strip)
        .filter(hash -> hash.startsWith(algorithm + "="))
        .map(hash -> hash.substring(algorithm.length() + 1))
        .findFirst();
  }

  private String one(String name) {
    String value = getFirstHeaderStringValue(name);
    return value == null ? "" : value;
  }

  private static boolean isNumber(String text) {
    return text.matches("\\d{1,18}");
  }
}
