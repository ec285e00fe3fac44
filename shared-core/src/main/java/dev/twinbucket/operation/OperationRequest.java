package dev.twinbucket.operation;

import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.object.Escaping;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Typed access to an operation's JSON. Members that nobody asked for are mistakes of its sender: a
 * misspelt limit must not become no limit.
 */
public final class OperationRequest {
  private final JsonObject json;
  private final Set<String> asked = new HashSet<>();

  OperationRequest(JsonObject json) {
    this.json = json;
    asked.add(Operations.MARK);
  }

  /** A text that has to be there. */
  public String text(String name) {
    return optionalText(name).orElseThrow(() -> new OperationException(name + " is missing"));
  }

  /** A text, if there is one. */
  public Optional<String> optionalText(String name) {
    return member(name)
        .map(
            value ->
                value
                    .asString()
                    .filter(text -> !text.isEmpty())
                    .orElseThrow(() -> new OperationException(name + " has to be a text")));
  }

  /** A whole number within limits, if there is one. */
  public OptionalLong optionalCount(String name, long least, long most) {
    Optional<Long> count =
        member(name)
            .map(
                value ->
                    value
                        .asLong()
                        .filter(number -> number >= least && number <= most)
                        .orElseThrow(
                            () ->
                                new OperationException(
                                    "%s has to be a whole number from %d to %d"
                                        .formatted(name, least, most))));
    return count.isPresent() ? OptionalLong.of(count.get()) : OptionalLong.empty();
  }

  /**
   * To be called when everything was asked for that the operation knows, and before it does
   * anything.
   *
   * @throws OperationException if there is more
   */
  public void refuseRest() {
    for (String name : json.names()) {
      if (!asked.contains(name)) {
        throw new OperationException("this operation knows no " + Escaping.forLog(name));
      }
    }
  }

  private Optional<JsonValue> member(String name) {
    asked.add(name);
    return json.get(name);
  }
}
