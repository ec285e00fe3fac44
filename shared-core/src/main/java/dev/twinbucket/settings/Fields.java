package dev.twinbucket.settings;

import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonString;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.object.Escaping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Typed access to one object of the document. Whatever was not asked for when {@link #refuseRest}
 * is called was a mistake of its author.
 */
final class Fields {
  private static final int MOST_ITEMS = 1000;

  private final JsonObject object;
  private final String where;
  private final Problems problems;
  private final Set<String> asked = new LinkedHashSet<>();

  /**
   * Fields of one object.
   *
   * @param where the variable and the JSON pointer of the object
   */
  Fields(JsonObject object, String where, Problems problems) {
    this.object = object;
    this.where = where;
    this.problems = problems;
  }

  String where() {
    return where;
  }

  /** The variable and the JSON pointer (RFC 6901) of a member. */
  String where(String name) {
    return where + "/" + Escaping.forLog(name.replace("~", "~0").replace("/", "~1"));
  }

  Problems problems() {
    return problems;
  }

  boolean has(String name) {
    return object.has(name);
  }

  Optional<String> text(String name) {
    return value(name).flatMap(value -> expect(value, value.asString(), name, "a text"));
  }

  Optional<String> requiredText(String name) {
    if (!object.has(name)) {
      asked.add(name);
      problems.add(where(name), "nothing", "a text");
    }
    return text(name);
  }

  boolean flag(String name, boolean otherwise) {
    String expected = "true or false";
    return value(name)
        .flatMap(value -> expect(value, value.asBoolean(), name, expected))
        .orElse(otherwise);
  }

  /** A whole number within limits. */
  long count(String name, long otherwise, long least, long most) {
    String expected = "a whole number from " + least + " to " + most;
    Optional<JsonValue> written = value(name);
    Optional<Long> count = written.flatMap(value -> expect(value, value.asLong(), name, expected));
    if (count.isPresent() && (count.get() < least || count.get() > most)) {
      problems.add(where(name), Long.toString(count.get()), expected);
      return otherwise;
    }
    return count.orElse(otherwise);
  }

  <E extends Enum<E>> E choice(String name, Class<E> choices, E otherwise) {
    Optional<String> text = text(name);
    Optional<E> choice = text.flatMap(written -> Spelling.read(choices, written));
    if (text.isPresent() && choice.isEmpty()) {
      List<String> spellings = Spelling.all(choices);
      problems.add(
          where(name),
          Problems.quote(text.get()),
          "one of " + String.join(", ", spellings),
          NearestName.suggest(text.get(), spellings));
    }
    return choice.orElse(otherwise);
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Item item : items(name, "a list of texts")) {
      if (item.value() instanceof JsonString(String text)) {
        texts.add(text);
      } else {
        problems.add(item.where(), item.value().kind(), "a text");
      }
    }
    return texts;
  }

  /** The objects of a list. */
  List<Fields> objects(String name) {
    List<Fields> objects = new ArrayList<>();
    for (Item item : items(name, "a list of objects")) {
      if (item.value() instanceof JsonObject member) {
        objects.add(new Fields(member, item.where(), problems));
      } else {
        problems.add(item.where(), item.value().kind(), "an object");
      }
    }
    return objects;
  }

  Optional<Fields> object(String name) {
    return value(name)
        .flatMap(value -> expect(value, value.asObject(), name, "an object"))
        .map(member -> new Fields(member, where(name), problems));
  }

  /** The names of all members, for objects that are maps. */
  Set<String> names() {
    return object.names();
  }

  /** Reports every member that nobody asked for. */
  void refuseRest() {
    for (String name : object.names()) {
      if (!asked.contains(name)) {
        Collection<String> known = asked;
        problems.add(
            where(name),
            "a field that is not known here",
            "one of " + String.join(", ", known),
            NearestName.suggest(name, known));
      }
    }
  }

  private record Item(JsonValue value, String where) {}

  private List<Item> items(String name, String expected) {
    Optional<JsonArray> array =
        value(name).flatMap(value -> expect(value, value.asArray(), name, expected));
    List<JsonValue> values = array.map(JsonArray::items).orElse(List.of());
    if (values.size() > MOST_ITEMS) {
      problems.add(where(name), values.size() + " items", "at most " + MOST_ITEMS);
      return List.of();
    }
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      items.add(new Item(values.get(i), where(name) + "/" + i));
    }
    return items;
  }

  private Optional<JsonValue> value(String name) {
    asked.add(name);
    return object.get(name);
  }

  private <T> Optional<T> expect(JsonValue value, Optional<T> typed, String name, String expected) {
    if (typed.isEmpty()) {
      problems.add(where(name), value.kind(), expected);
    }
    return typed;
  }
}
