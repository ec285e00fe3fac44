package dev.twinbucket.local.s3;

import java.util.Comparator;

/**
 * The order of S3 listings: by the bytes of the key in UTF-8. That is the order of code points,
 * which differs from {@code String.compareTo} above the basic plane.
 */
enum Utf8Order implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean surrogateX = Character.isSurrogate(x);
        boolean surrogateY = Character.isSurrogate(y);
        return surrogateX == surrogateY ? Character.compare(x, y) : (surrogateX ? 1 : -1);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
