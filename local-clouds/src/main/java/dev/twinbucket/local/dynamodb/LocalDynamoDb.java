package dev.twinbucket.local.dynamodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinbucket.local.http.FaultScript;
import dev.twinbucket.local.http.HttpCall;
import dev.twinbucket.local.http.LocalHttpServer;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * Embedded DynamoDB on 127.0.0.1 for the official SDKs: tables with a partition key of type S,
 * GetItem, PutItem and DeleteItem with condition expressions. Indexes, queries, updates, streams,
 * capacity, signatures and the dropping of expired items (which takes the service up to days) are
 * not modelled and refused where they are asked for. Safe for use by several threads. Closing it
 * forgets everything.
 */
public final class LocalDynamoDb implements AutoCloseable {
  private static final String TYPE = "application/x-amz-json-1.0";
  private static final String TARGET = "DynamoDB_20120810.";

  private final ObjectMapper json = new ObjectMapper();
  private final Tables tables = new Tables();
  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
  private final LocalHttpServer server;

  private LocalDynamoDb(int port) {
    server = LocalHttpServer.start(port, this::handle);
  }

  /** No tables on a free port. */
  public static LocalDynamoDb start() {
    return start(0);
  }

  /**
   * Starts a server without tables.
   *
   * @param port the port to listen on, 0 for a free one
   */
  public static LocalDynamoDb start(int port) {
    return new LocalDynamoDb(port);
  }

  /** The address for clients, such as {@code http://127.0.0.1:40123}. */
  public String endpoint() {
    return server.endpoint();
  }

  /** The faults to inject into calls. */
  public FaultScript faults() {
    return server.faults();
  }

  /**
   * Creates an empty table.
   *
   * @param keyName the partition key, a string
   */
  public void createTable(String name, String keyName) {
    tables.create(name, keyName);
  }

  /** How many calls of each operation reached the tables. */
  public Map<String, Long> requests() {
    Map<String, Long> counts = new TreeMap<>();
    requests.forEach((operation, count) -> counts.put(operation, count.sum()));
    return counts;
  }

  @Override
  public void close() {
    server.close();
  }

  private void handle(HttpCall call) throws IOException {
    try {
      String target = call.header("X-Amz-Target").orElse("");
      if (!target.startsWith(TARGET)) {
        throw DynamoFailure.invalid("Only the AWS JSON 1.0 protocol is spoken here");
      }
      String operation = target.substring(TARGET.length());
      requests.computeIfAbsent(operation, o -> new LongAdder()).increment();
      call.respond(200, TYPE, perform(operation, json.readTree(call.body())).toString());
    } catch (JsonProcessingException e) {
      refuse(call, DynamoFailure.invalid("The body is not JSON"));
    } catch (DynamoFailure e) {
      refuse(call, e);
    }
  }

  private void refuse(HttpCall call, DynamoFailure failure) throws IOException {
    ObjectNode body = json.createObjectNode();
    body.put("__type", "com.amazonaws.dynamodb.v20120810#" + failure.type());
    body.put("message", failure.getMessage());
    failure.item().ifPresent(item -> body.set("Item", item));
    call.respond(400, TYPE, body.toString());
  }

  private ObjectNode perform(String operation, JsonNode in) {
    String table = in.path("TableName").asText();
    ObjectNode out = json.createObjectNode();
    switch (operation) {
      case "CreateTable" -> {
        tables.create(table, partitionKey(in));
        out.set("TableDescription", description(table));
      }
      case "DescribeTable" -> out.set("Table", description(table));
      case "GetItem" -> tables.get(table, in.path("Key")).ifPresent(item -> out.set("Item", item));
      case "PutItem" ->
          tables
              .put(table, in.path("Item"), condition(in), showsRefused(in))
              .filter(old -> returnsOld(in))
              .ifPresent(old -> out.set("Attributes", old));
      case "DeleteItem" ->
          tables
              .delete(table, in.path("Key"), condition(in), showsRefused(in))
              .filter(old -> returnsOld(in))
              .ifPresent(old -> out.set("Attributes", old));
      default -> throw DynamoFailure.invalid("Not known here: " + operation);
    }
    return out;
  }

  private ObjectNode description(String table) {
    ObjectNode description = json.createObjectNode();
    description.put("TableName", table).put("TableStatus", "ACTIVE");
    description
        .withArray("KeySchema")
        .addObject()
        .put("AttributeName", tables.keyName(table))
        .put("KeyType", "HASH");
    return description;
  }

  private static String partitionKey(JsonNode in) {
    JsonNode schema = in.path("KeySchema");
    if (schema.size() != 1) {
      throw DynamoFailure.invalid("Only a partition key is known here");
    }
    return schema.get(0).path("AttributeName").asText();
  }

  private static Predicate<JsonNode> condition(JsonNode in) {
    return in.has("ConditionExpression")
        ? Condition.parse(
            in.get("ConditionExpression").asText(),
            in.path("ExpressionAttributeNames"),
            in.path("ExpressionAttributeValues"))
        : item -> true;
  }

  private static boolean showsRefused(JsonNode in) {
    return in.path("ReturnValuesOnConditionCheckFailure").asText().equals("ALL_OLD");
  }

  private static boolean returnsOld(JsonNode in) {
    return in.path("ReturnValues").asText().equals("ALL_OLD");
  }
}
