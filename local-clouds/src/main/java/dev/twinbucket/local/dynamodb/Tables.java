package dev.twinbucket.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The tables and their items, each changed by one thread at a time. */
final class Tables {
  private static final int LONGEST_KEY = 2048;
  private static final int LARGEST_ITEM = 400 * 1024;
  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  private record Table(String keyName, Map<String, JsonNode> items) {}

  private final Map<String, Table> tables = new HashMap<>();

  synchronized void create(String name, String keyName) {
    if (tables.putIfAbsent(name, new Table(keyName, new HashMap<>())) != null) {
      throw DynamoFailure.tableExists();
    }
  }

  synchronized String keyName(String name) {
    return table(name).keyName();
  }

  synchronized Optional<JsonNode> get(String name, JsonNode key) {
    Table table = table(name);
    return Optional.ofNullable(table.items().get(key(table, key)));
  }

  /** Puts an item; returns what it replaced. */
  synchronized Optional<JsonNode> put(
      String name, JsonNode item, Predicate<JsonNode> condition, boolean showRefused) {
    Table table = table(name);
    if (item.toString().getBytes(StandardCharsets.UTF_8).length > LARGEST_ITEM) {
      throw DynamoFailure.invalid("Item size has exceeded the maximum allowed size");
    }
    String key = key(table, item);
    check(table, key, condition, showRefused);
    return Optional.ofNullable(table.items().put(key, item));
  }

  /** Deletes an item; returns what it was. */
  synchronized Optional<JsonNode> delete(
      String name, JsonNode key, Predicate<JsonNode> condition, boolean showRefused) {
    Table table = table(name);
    String value = key(table, key);
    check(table, value, condition, showRefused);
    return Optional.ofNullable(table.items().remove(value));
  }

  private static void check(
      Table table, String key, Predicate<JsonNode> condition, boolean showRefused) {
    Optional<JsonNode> stands = Optional.ofNullable(table.items().get(key));
    if (!condition.test(stands.orElse(NOTHING))) {
      throw DynamoFailure.conditionFailed(showRefused ? stands : Optional.empty());
    }
  }

  private Table table(String name) {
    return Optional.ofNullable(tables.get(name)).orElseThrow(DynamoFailure::noSuchTable);
  }

  private static String key(Table table, JsonNode attributes) {
    JsonNode value = attributes.path(table.keyName()).path("S");
    if (!value.isTextual()) {
      throw DynamoFailure.invalid("The provided key element does not match the schema");
    }
    int bytes = value.asText().getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > LONGEST_KEY) {
      throw DynamoFailure.invalid("Size of hashkey must be between 1 and 2048 bytes");
    }
    return value.asText();
  }
}
