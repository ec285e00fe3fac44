package dev.twinbucket.json;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Values in order.
 *
 * @param items the values
 */
public record JsonArray(List<JsonValue> items) implements JsonValue, Iterable<JsonValue> {
  /** The array without items. */
  public static final JsonArray EMPTY = new JsonArray(List.of());

  public JsonArray {
    items = List.copyOf(items);
  }

  /** An array of these. */
  public static JsonArray of(JsonValue... items) {
    return new JsonArray(Arrays.asList(items));
  }

  /** An array of strings. */
  public static JsonArray ofStrings(List<String> texts) {
    return new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList());
  }

  /** How many items there are. */
  public int size() {
    return items.size();
  }

  @Override
  public Iterator<JsonValue> iterator() {
    return items.iterator();
  }

  @Override
  public String kind() {
    return "an array";
  }
}
