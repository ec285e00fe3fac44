package dev.twinbucket.json;

import java.util.Objects;

/**
 * A text. What was parsed is always well-formed Unicode; what is built here may be anything, and is
 * written so that no character is lost.
 *
 * @param text the characters
 */
public record JsonString(String text) implements JsonValue {
  public JsonString {
    Objects.requireNonNull(text, "text");
  }

  @Override
  public String kind() {
    return "a string";
  }
}
