package dev.twinbucket.json;

/** JSON's {@code null}: a member that is there and says nothing. */
public record JsonNull() implements JsonValue {
  @Override
  public String kind() {
    return "null";
  }
}
