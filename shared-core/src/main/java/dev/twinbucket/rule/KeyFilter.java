package dev.twinbucket.rule;

import java.util.List;

/**
 * Which names a rule is about: those that match an include (or any, if there are none) and no
 * exclude.
 *
 * @param includes patterns
 * @param excludes patterns
 */
public record KeyFilter(List<KeyPattern> includes, List<KeyPattern> excludes) {
  /** Every name. */
  public static final KeyFilter ALL = new KeyFilter(List.of(), List.of());

  public KeyFilter {
    includes = List.copyOf(includes);
    excludes = List.copyOf(excludes);
  }

  /** Whether the rule is about that name (a key without its side's prefix). */
  public boolean accepts(String name) {
    return (includes.isEmpty() || includes.stream().anyMatch(p -> p.matches(name)))
        && excludes.stream().noneMatch(p -> p.matches(name));
  }
}
