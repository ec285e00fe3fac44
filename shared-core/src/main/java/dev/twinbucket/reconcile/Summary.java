package dev.twinbucket.reconcile;

import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run did so far.
 *
 * @param rule the rule's name
 * @param names how many names were looked at
 * @param outcomes how many of each outcome there were, by its label
 * @param bytes how many bytes were copied
 * @param troubles what did not end well, in words, {@value #TROUBLES_AT_MOST} of them at most
 * @param failure why the run ended before its end, empty if it did not
 * @param next where another run goes on, empty if every name was looked at
 */
public record Summary(
    String rule,
    long names,
    Map<String, Long> outcomes,
    long bytes,
    List<String> troubles,
    Optional<String> failure,
    Optional<Position> next) {
  static final int TROUBLES_AT_MOST = 100;

  public Summary {
    SortedMap<String, Long> sorted = new TreeMap<>(outcomes);
    outcomes = Collections.unmodifiableSortedMap(sorted);
    troubles = List.copyOf(troubles);
  }

  /** Whether every name was looked at and nothing has to be looked at again. */
  public boolean isComplete() {
    return failure.isEmpty() && next.isEmpty() && troubles.isEmpty();
  }

  /** For an operator's answer. */
  public JsonObject toJson() {
    JsonObject.Builder counts = JsonObject.builder();
    outcomes.forEach(counts::put);
    JsonObject.Builder json =
        JsonObject.builder()
            .put("rule", rule)
            .put("complete", isComplete())
            .put("names", names)
            .put("outcomes", counts.build())
            .put("bytes", bytes)
            .put("troubles", JsonArray.ofStrings(troubles));
    failure.ifPresent(why -> json.put("failure", why));
    next.ifPresent(position -> json.put("next", position.token()));
    return json.build();
  }
}
