package dev.twinbucket.operation;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.object.Escaping;
import dev.twinbucket.reconcile.Position;
import dev.twinbucket.reconcile.Reconciliation;
import dev.twinbucket.reconcile.Summary;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.time.Deadline;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at every name of a rule, as far as the time allows; what it answers names the position from
 * which to go on. It says how far it has come in a line of JSON every few hundred names.
 */
public final class ReconcileOperation implements Operation {
  private final List<Rule> rules;
  private final Reconciliation reconciliation;
  private final Consumer<String> lines;

  /**
   * An operation on these rules.
   *
   * @param lines takes the lines that tell of the progress
   */
  public ReconcileOperation(
      List<Rule> rules, Reconciliation reconciliation, Consumer<String> lines) {
    this.rules = List.copyOf(rules);
    this.reconciliation = reconciliation;
    this.lines = lines;
  }

  @Override
  public JsonObject run(OperationRequest request, Deadline deadline) {
    String name = request.text("rule");
    Optional<String> from = request.optionalText("from");
    request.refuseRest();
    Rule rule =
        rules.stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new OperationException("there is no rule " + Escaping.forLog(name)));
    Position position =
        from.map(
                token ->
                    Position.parse(token)
                        .orElseThrow(
                            () ->
                                new OperationException(
                                    "from has to be what an earlier run called next")))
            .orElse(Position.START);
    return reconciliation.run(rule, position, deadline, this::tell).toJson();
  }

  private void tell(Summary soFar) {
    lines.accept(
        Json.write(
            JsonObject.builder().put("level", "info").put("progress", soFar.toJson()).build()));
  }
}
