package dev.twinbucket.settings;

import dev.twinbucket.rule.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where state is kept, and sees to it that no rule replicates it. */
final class StateReader {
  /** Rows lie in this part of the place that the configuration names. */
  private static final String ROWS = "state/";

  /** Table names: "Naming rules and data types" of the DynamoDB guide. */
  private static final Pattern TABLE =
      Pattern.compile("dynamodb://([A-Za-z0-9_.-]{3,255})(?:\\?region=([a-z0-9-]{1,40}))?");

  private static final String MEMORY = "memory:";
  private static final String EXPECTED =
      "dynamodb://TABLE?region=REGION, STORE://BUCKET/.twinbucket/, or memory:";

  private final Map<String, Endpoint> endpoints;
  private final PlaceReader places;
  private final Problems problems;

  StateReader(Map<String, Endpoint> endpoints, PlaceReader places, Problems problems) {
    this.endpoints = endpoints;
    this.places = places;
    this.problems = problems;
  }

  /** Reads what somebody wrote. */
  Optional<StateLocation> read(String where, String text, List<Rule> rules) {
    if (text.equals(MEMORY)) {
      return Optional.of(new StateLocation.Memory());
    }
    if (text.startsWith("dynamodb:")) {
      Matcher table = TABLE.matcher(text);
      if (!table.matches()) {
        problems.add(where, Problems.quote(text), EXPECTED);
        return Optional.empty();
      }
      return Optional.of(
          new StateLocation.Table(table.group(1), Optional.ofNullable(table.group(2))));
    }
    Optional<Place> place = places.read(where, text);
    if (place.isPresent() && !isDirectory(place.get().prefix())) {
      problems.add(where, Problems.quote(text), EXPECTED, "End the prefix in a slash");
      return Optional.empty();
    }
    return place.flatMap(root -> objects(where, root, rules));
  }

  /** The bucket of the first rule's left side. */
  Optional<StateLocation> standard(List<Rule> rules) {
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    Place root = new Place(rules.getFirst().left().bucket(), Rule.RESERVED_PREFIX);
    return objects(Variable.STATE.variable(), root, rules);
  }

  private Optional<StateLocation> objects(String where, Place root, List<Rule> rules) {
    Place rows = new Place(root.bucket(), root.prefix() + ROWS);
    Endpoint endpoint = endpoints.get(rows.bucket().store());
    if (endpoint != null && !endpoint.conditionalWrites()) {
      problems.add(
          where,
          rows + " on an endpoint without conditional writes",
          "a store where no worker can overwrite another's row",
          "Set " + Variable.STATE.variable() + " to a place elsewhere");
      return Optional.empty();
    }
    for (Rule rule : rules) {
      for (Place side : List.of(RuleConflicts.left(rule), RuleConflicts.right(rule))) {
        if (side.overlaps(rows) && !isReserved(rows, side)) {
          problems.add(
              where,
              rows + ", which the rule " + rule.name() + " would replicate",
              "a place outside of every rule's sides, or under " + Rule.RESERVED_PREFIX);
          return Optional.empty();
        }
      }
    }
    return Optional.of(new StateLocation.Objects(rows.bucket(), rows.prefix()));
  }

  private static boolean isDirectory(String prefix) {
    return prefix.isEmpty() || prefix.endsWith("/");
  }

  private static boolean isReserved(Place rows, Place side) {
    return rows.prefix().startsWith(Rule.RESERVED_PREFIX)
        || rows.prefix().startsWith(side.prefix() + Rule.RESERVED_PREFIX);
  }
}
