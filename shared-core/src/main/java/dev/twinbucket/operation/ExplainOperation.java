package dev.twinbucket.operation;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.replication.Replication;
import dev.twinbucket.rule.RuleSet;
import dev.twinbucket.time.Deadline;
import java.util.ArrayList;
import java.util.List;

/** Says of one key what is known, what would be done about it now, and why. Changes nothing. */
public final class ExplainOperation implements Operation {
  private final RuleSet rules;
  private final Replication replication;

  /** By these rules and protocols. */
  public ExplainOperation(RuleSet rules, Replication replication) {
    this.rules = rules;
    this.replication = replication;
  }

  @Override
  public JsonObject run(OperationRequest request, Deadline deadline) {
    String provider = request.text("provider");
    ObjectEvent look =
        ObjectEvent.look(
            provider, request.text("bucket"), request.text("key"), EventType.METADATA_CHANGED);
    request.refuseRest();
    if (!provider.equals("s3") && !provider.equals("gs")) {
      throw new OperationException("provider has to be s3 or gs");
    }
    List<JsonValue> matches = new ArrayList<>();
    for (RuleSet.Match match : rules.match(look)) {
      matches.add(replication.explain(match, look, deadline));
    }
    JsonObject.Builder json = JsonObject.builder().put("rules", new JsonArray(matches));
    if (matches.isEmpty()) {
      json.put("why", "no rule is about this place: nothing is ever done there");
    }
    return json.build();
  }
}
