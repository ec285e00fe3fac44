package dev.twinbucket.command;

import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonBoolean;
import dev.twinbucket.json.JsonNull;
import dev.twinbucket.json.JsonNumber;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonString;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.object.Escaping;
import java.util.Map;

/** An answer for people: a line a member, what belongs together indented. */
final class Prose {
  private final StringBuilder text = new StringBuilder();

  private Prose() {}

  static String of(JsonObject answer) {
    Prose prose = new Prose();
    prose.members(answer, 0);
    return prose.text.toString();
  }

  private void members(JsonObject object, int indent) {
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      switch (member.getValue()) {
        case JsonObject inner -> {
          line(indent, member.getKey() + ":");
          members(inner, indent + 2);
        }
        case JsonArray array -> {
          line(indent, member.getKey() + ":");
          array.items().forEach(item -> item(item, indent + 2));
        }
        default -> line(indent, member.getKey() + ": " + plain(member.getValue()));
      }
    }
  }

  private void item(JsonValue item, int indent) {
    if (item instanceof JsonObject object) {
      int start = text.length();
      members(object, indent + 2);
      if (text.length() > start) {
        text.setCharAt(start + indent, '-');
      }
    } else {
      line(indent, "- " + plain(item));
    }
  }

  private void line(int indent, String words) {
    text.append(" ".repeat(indent)).append(words).append('\n');
  }

  private static String plain(JsonValue value) {
    return switch (value) {
      // Nothing that a key holds moves the cursor or colours the screen.
      case JsonString(String words) -> Escaping.forLog(words);
      case JsonNumber number -> number.text();
      case JsonBoolean(boolean truth) -> truth ? "yes" : "no";
      case JsonNull _ -> "nothing";
      case JsonObject _, JsonArray _ -> throw new IllegalArgumentException("not plain");
    };
  }
}
