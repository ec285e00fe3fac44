package dev.twinbucket.settings;

import dev.twinbucket.object.Escaping;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that it can be told all at once. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();

  void add(String where, String what, String expected, String remedy) {
    found.add(new Problem(where, what, expected, remedy));
  }

  void add(String where, String what, String expected) {
    add(where, what, expected, "");
  }

  int count() {
    return found.size();
  }

  List<Problem> all() {
    return List.copyOf(found);
  }

  /** A value for a message, quoted and escaped. Never give it what may be a secret. */
  static String quote(String value) {
    return "\"" + Escaping.forLog(value) + "\"";
  }
}
