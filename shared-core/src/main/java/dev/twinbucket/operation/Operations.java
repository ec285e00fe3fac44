package dev.twinbucket.operation;

import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.operation.OperationAnswer.Ending;
import dev.twinbucket.outcome.FailureReason;
import dev.twinbucket.state.StateException;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.time.Deadline;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All operations by their names. A request is an object whose member {@value #MARK} holds the name:
 * {@code {"twinbucket":"status"}}.
 */
public final class Operations {
  static final String MARK = "twinbucket";

  private final Map<String, Operation> byName;

  /** Those of that name and no other. */
  public Operations(Map<String, Operation> byName) {
    this.byName = Collections.unmodifiableMap(new TreeMap<>(byName));
  }

  /** What can be asked for. */
  public Set<String> names() {
    return byName.keySet();
  }

  /** The name of the operation that a payload asks for; empty if it asks for none of these. */
  public Optional<String> nameOf(JsonValue payload) {
    return payload.asObject().flatMap(json -> json.string(MARK)).filter(byName::containsKey);
  }

  /**
   * Does what a payload asks for.
   *
   * @return empty if it asks for no operation
   */
  public Optional<OperationAnswer> answer(JsonValue payload, Deadline deadline) {
    return nameOf(payload).map(name -> run(name, payload.asObject().orElseThrow(), deadline));
  }

  private OperationAnswer run(String name, JsonObject json, Deadline deadline) {
    try {
      JsonObject said = byName.get(name).run(new OperationRequest(json), deadline);
      return new OperationAnswer(Ending.DONE, said);
    } catch (OperationException e) {
      return OperationAnswer.error(Ending.REFUSED, e.getMessage());
    } catch (StateException e) {
      return OperationAnswer.error(
          Ending.FAILED, FailureReason.STATE_UNAVAILABLE + ": " + e.getMessage());
    } catch (StoreException e) {
      return OperationAnswer.error(Ending.FAILED, e.getMessage());
    }
  }
}
