package dev.twinbucket.local.gcs;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * What may be called an object, and in which order names are listed. Names are opaque: nothing here
 * changes one.
 *
 * @see <a href="https://cloud.google.com/storage/docs/objects#naming">Object naming</a>
 */
final class ObjectNames {

  private static final int MAX_BYTES = 1024;
  private static final String ACME = ".well-known/acme-challenge/";

  /**
   * The order of the names' UTF-8 bytes, in which listings come. Text order of Java differs from it
   * for characters beyond the basic plane, whose surrogates sort before U+E000.
   */
  static final Comparator<String> ORDER = ObjectNames::compare;

  private ObjectNames() {}

  /** Refuses with 400 what the service refuses. */
  static void require(String name) {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0) {
      throw GcsError.required("name");
    }
    if (length > MAX_BYTES) {
      throw GcsError.invalid(
          "The maximum object name length is 1024 characters, but got a name with "
              + length
              + " characters.");
    }
    if (name.indexOf('\r') >= 0 || name.indexOf('\n') >= 0) {
      throw GcsError.invalid("Disallowed unicode characters present in object name.");
    }
    if (name.equals(".") || name.equals("..") || name.startsWith(ACME)) {
      throw GcsError.invalid("Invalid object name: " + name);
    }
  }

  private static int compare(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean aPaired = Character.isSurrogate(a);
        return aPaired == Character.isSurrogate(b) ? Character.compare(a, b) : aPaired ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
