package dev.twinbucket.simulator;

import java.util.ArrayList;
import java.util.List;

/**
 * A known defect, as edits of the production source.
 *
 * @param name what the defect is called in docs/simulator.md
 * @param edits all of them together are the defect
 */
record Mutant(String name, List<Edit> edits) {
  /**
   * One replacement. White space in {@code before} means nothing, so that formatting the source
   * anew breaks no mutant.
   *
   * @param source the class, below the package root, such as {@code outcome/Outcome}
   * @param before must be in the source exactly once
   * @param after what stands there instead
   */
  record Edit(String source, String before, String after) {
    String applyTo(String text) {
      StringBuilder dense = new StringBuilder();
      List<Integer> positions = new ArrayList<>();
      for (int i = 0; i < text.length(); i++) {
        if (!Character.isWhitespace(text.charAt(i))) {
          dense.append(text.charAt(i));
          positions.add(i);
        }
      }
      String wanted = before.replaceAll("\\s", "");
      int at = dense.indexOf(wanted);
      if (at < 0 || dense.indexOf(wanted, at + 1) >= 0) {
        throw new IllegalStateException(
            (at < 0 ? "not in " : "more than once in ") + source + ": " + before);
      }
      int start = positions.get(at);
      int end = positions.get(at + wanted.length() - 1) + 1;
      return text.substring(0, start) + after + text.substring(end);
    }
  }

  static Mutant of(String name, String source, String before, String after) {
    return new Mutant(name, List.of(new Edit(source, before, after)));
  }

  Mutant and(String source, String before, String after) {
    List<Edit> more = new ArrayList<>(edits);
    more.add(new Edit(source, before, after));
    return new Mutant(name, more);
  }

  @Override
  public String toString() {
    return name;
  }
}
