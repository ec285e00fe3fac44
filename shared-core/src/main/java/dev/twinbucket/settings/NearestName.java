package dev.twinbucket.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what somebody meant to write. */
final class NearestName {
  private static final int LONGEST = 64;
  private static final int CLOSE_ENOUGH = 3;

  private NearestName() {}

  /**
   * The name that takes the fewest changes of a letter.
   *
   * @return empty if none is near
   */
  static Optional<String> of(String written, Collection<String> names) {
    if (written.length() > LONGEST) {
      return Optional.empty();
    }
    return names.stream()
        .filter(name -> distance(written, name) <= Math.min(CLOSE_ENOUGH, name.length() / 2))
        .min(
            Comparator.comparingInt((String name) -> distance(written, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** As a sentence for a message; empty if none is near. */
  static String suggest(String written, Collection<String> names) {
    return of(written, names).map(name -> "Did you mean " + name + "?").orElse("");
  }

  /** Levenshtein's distance without regard to case. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        int replaced = diagonal + (same ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
