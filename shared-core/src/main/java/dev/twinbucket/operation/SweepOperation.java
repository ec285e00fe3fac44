package dev.twinbucket.operation;

import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.object.Escaping;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.time.Deadline;
import dev.twinbucket.transfer.Sweep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Aborts the old uploads of a rule's transfers. */
public final class SweepOperation implements Operation {
  private static final long WEEK = 7 * 24;
  private static final long DAY = 24;
  private static final long YEAR = 365 * 24;
  private static final int SHOWN_AT_MOST = 100;

  private final List<Rule> rules;
  private final Sweep sweep;

  /** An operation on these rules. */
  public SweepOperation(List<Rule> rules, Sweep sweep) {
    this.rules = List.copyOf(rules);
    this.sweep = sweep;
  }

  @Override
  public JsonObject run(OperationRequest request, Deadline deadline) {
    String name = request.text("rule");
    long hours = request.optionalCount("hours", DAY, YEAR).orElse(WEEK);
    request.refuseRest();
    Rule rule =
        rules.stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new OperationException("there is no rule " + Escaping.forLog(name)));
    List<String> aborted = new ArrayList<>();
    Sweep.Swept swept =
        sweep.run(
            rule,
            Duration.ofHours(hours),
            deadline,
            place -> {
              if (aborted.size() < SHOWN_AT_MOST) {
                aborted.add(place.toString());
              }
            });
    return JsonObject.builder()
        .put("rule", name)
        .put("complete", swept.complete())
        .put("aborted", swept.aborted())
        .put("tooYoung", swept.young())
        .put("notOurs", swept.foreign())
        .put("places", JsonArray.ofStrings(aborted))
        .build();
  }
}
