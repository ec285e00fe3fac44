package dev.twinbucket.store.gcs;

import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.store.adapter.KeyLimits;
import java.nio.charset.StandardCharsets;

/**
 * GCS's rules for object names, and their spelling in URLs.
 *
 * @see <a href="https://docs.cloud.google.com/storage/docs/objects#naming">GCS: object names</a>
 */
final class GcsKeys {
  private static final String UNRESERVED = "-._~";

  private GcsKeys() {}

  /** Refuses a name that GCS cannot hold. */
  static void check(ObjectLocation location) {
    KeyLimits.utf8(location);
    String key = location.key();
    if (key.indexOf('\r') >= 0 || key.indexOf('\n') >= 0) {
      throw KeyLimits.refused(location, "has a carriage return or a line feed");
    }
    if (key.equals(".") || key.equals("..")) {
      throw KeyLimits.refused(location, "is a name that GCS does not allow");
    }
    if (key.startsWith(".well-known/acme-challenge/")) {
      throw KeyLimits.refused(location, "begins as GCS does not allow");
    }
  }

  /**
   * The key as the path of an XML request. Slashes stay slashes, unless some layer between could
   * take the path for one with empty or dot segments and tidy it up.
   */
  static String path(String key) {
    boolean tidied = false;
    for (String segment : key.split("/", -1)) {
      tidied |= segment.isEmpty() || segment.equals(".") || segment.equals("..");
    }
    return encode(key, tidied ? "" : "/");
  }

  /** The key as one segment of a JSON request's path. */
  static String segment(String key) {
    return encode(key, "");
  }

  private static String encode(String key, String alsoPlain) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (b >= '0' && b <= '9')
              || (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || UNRESERVED.indexOf(b) >= 0
              || alsoPlain.indexOf(b) >= 0;
      if (plain) {
        encoded.append((char) b);
      } else {
        encoded.append(String.format("%%%02X", b));
      }
    }
    return encoded.toString();
  }
}
