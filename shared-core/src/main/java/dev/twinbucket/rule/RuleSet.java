package dev.twinbucket.rule;

import dev.twinbucket.event.ObjectEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All rules of a deployment: the only way from an event to a place that may be touched.
 *
 * @param rules in their configured order
 * @param providers the kind of each configured store, {@code s3} or {@code gs}, by the store's name
 */
public record RuleSet(List<Rule> rules, Map<String, String> providers) {
  public RuleSet {
    rules = List.copyOf(rules);
    providers = Map.copyOf(providers);
  }

  /**
   * What an event is about. An event names a bucket but not the endpoint that it is on, so every
   * side of that kind and bucket is looked at: a look too many does nothing.
   *
   * @return nothing if the event names a place outside all rules
   */
  public List<Match> match(ObjectEvent event) {
    List<Match> matches = new ArrayList<>();
    for (Rule rule : rules) {
      for (SideName which : SideName.values()) {
        Side side = rule.side(which);
        if (side.bucket().bucket().equals(event.bucket())
            && event.provider().equals(providers.get(side.bucket().store()))) {
          side.nameOf(event.key())
              .filter(rule::covers)
              .ifPresent(name -> matches.add(new Match(rule, which, name)));
        }
      }
    }
    return matches;
  }

  /**
   * One name that one rule has to look at.
   *
   * @param rule the rule
   * @param side where something was said to have happened
   * @param name the key without the side's prefix
   */
  public record Match(Rule rule, SideName side, String name) {}
}
