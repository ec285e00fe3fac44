package dev.twinbucket.canary;

import dev.twinbucket.json.JsonObject;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.rule.SideName;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How one canary fared.
 *
 * @param rule the rule's name
 * @param from the side on which the object was written
 * @param object where it was written
 * @param end how it ended
 * @param arrived how long it took the object to appear on the other side, as it was written
 * @param gone how long it took its deletion to be repeated there; empty as well if the rule does
 *     not repeat deletions
 * @param detail what went wrong, empty if nothing did
 */
public record Flight(
    String rule,
    SideName from,
    ObjectLocation object,
    End end,
    Optional<Duration> arrived,
    Optional<Duration> gone,
    String detail) {

  /** How a canary ended. */
  public enum End {
    /** The object arrived, and so did its deletion. */
    CONVERGED,
    /** The object did not arrive in time. */
    LATE,
    /** The object arrived, its deletion did not in time. */
    LEFT_BEHIND,
    /** A store did not do what the canary itself asked of it. */
    FAILED,
    /** The rule does not replicate such an object, by its mode or its filter. */
    NOT_COVERED;

    /** Whether somebody should look. */
    public boolean isAlarming() {
      return this == LATE || this == LEFT_BEHIND || this == FAILED;
    }

    /** The name in logs and answers, such as {@code left-behind}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** As one line of JSON. */
  public JsonObject toJson() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("canary", end.label())
            .put("rule", rule)
            .put("from", from.name().toLowerCase(Locale.ROOT))
            .put("object", object.toString());
    arrived.ifPresent(time -> json.put("arrivedMs", time.toMillis()));
    gone.ifPresent(time -> json.put("goneMs", time.toMillis()));
    if (!detail.isEmpty()) {
      json.put("detail", detail);
    }
    return json.build();
  }
}
