package dev.twinbucket.object;

import java.io.Serializable;
import java.util.Comparator;

/**
 * The order in which both clouds list keys: by the bytes of their UTF-8, which is the order of
 * their code points and not that of their UTF-16 units.
 */
public final class KeyOrder implements Comparator<String>, Serializable {
  /** The order. */
  public static final KeyOrder UTF_8 = new KeyOrder();

  private static final long serialVersionUID = 1;

  private KeyOrder() {}

  @Override
  public int compare(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char l = left.charAt(i);
      char r = right.charAt(i);
      if (l != r) {
        boolean bothOrNeither = Character.isSurrogate(l) == Character.isSurrogate(r);
        return bothOrNeither ? Character.compare(l, r) : Character.isSurrogate(l) ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
