package dev.twinbucket.json;

/**
 * A truth value.
 *
 * @param value which
 */
public record JsonBoolean(boolean value) implements JsonValue {
  @Override
  public String kind() {
    return "a truth value";
  }
}
