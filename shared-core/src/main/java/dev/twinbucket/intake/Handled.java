package dev.twinbucket.intake;

import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import java.util.List;

/**
 * How one message ended.
 *
 * @param endings of all its parts, for every rule that they concern
 */
public record Handled(List<Ending> endings) {
  public Handled {
    endings = List.copyOf(endings);
  }

  /** Whether the message may be acknowledged. */
  public boolean isDone() {
    return endings.stream().allMatch(ending -> ending.notDone().isEmpty());
  }

  /** What has to come back and why, safe to log; empty if nothing has to. */
  public List<String> notDone() {
    return endings.stream().flatMap(ending -> ending.notDone().stream()).toList();
  }

  /** As {@code {"outcomes": [...]}}, for whoever sent the message by hand. */
  public JsonObject toJson() {
    List<JsonValue> outcomes =
        endings.stream().<JsonValue>map(ending -> ending.line().toJson()).toList();
    return JsonObject.builder().put("outcomes", new JsonArray(outcomes)).build();
  }
}
