package dev.twinbucket.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Operations on messages, one by one and in batches. */
final class MessageOperations {
  private static final int LARGEST_BATCH = 10;

  private final Queues queues;
  private final ObjectMapper json;

  MessageOperations(Queues queues, ObjectMapper json) {
    this.queues = queues;
    this.json = json;
  }

  ObjectNode send(String queue, JsonNode in) {
    String body = in.path("MessageBody").asText("");
    Map<String, AttributeValue> attributes = attributes(in.path("MessageAttributes"));
    checkContents(queue, body, attributes);
    Optional<Integer> delay =
        in.has("DelaySeconds") ? Optional.of(number(in, "DelaySeconds", 0, 900)) : Optional.empty();
    QueueMessage sent = queues.send(queue, body, attributes, delay);
    ObjectNode out = json.createObjectNode();
    out.put("MessageId", sent.id());
    out.put("MD5OfMessageBody", sent.bodyMd5());
    if (!attributes.isEmpty()) {
      out.put("MD5OfMessageAttributes", AttributeValue.md5(attributes));
    }
    return out;
  }

  ObjectNode sendBatch(String queue, JsonNode in) {
    queues.settings(queue);
    return batch(in, entry -> send(queue, entry));
  }

  ObjectNode deleteBatch(String queue, JsonNode in) {
    queues.settings(queue);
    return batch(
        in,
        entry -> {
          queues.delete(queue, entry.path("ReceiptHandle").asText());
          return json.createObjectNode();
        });
  }

  ObjectNode changeVisibility(String queue, JsonNode in) {
    int seconds = number(in, "VisibilityTimeout", 0, 43_200);
    queues.changeVisibility(queue, in.path("ReceiptHandle").asText(), seconds);
    return json.createObjectNode();
  }

  ObjectNode changeVisibilityBatch(String queue, JsonNode in) {
    queues.settings(queue);
    return batch(in, entry -> changeVisibility(queue, entry));
  }

  ObjectNode receive(String queue, JsonNode in) throws InterruptedException {
    int most = in.has("MaxNumberOfMessages") ? number(in, "MaxNumberOfMessages", 1, 10) : 1;
    Optional<Integer> visibility =
        in.has("VisibilityTimeout")
            ? Optional.of(number(in, "VisibilityTimeout", 0, 43_200))
            : Optional.empty();
    int wait =
        in.has("WaitTimeSeconds")
            ? number(in, "WaitTimeSeconds", 0, 20)
            : queues.settings(queue).seconds("ReceiveMessageWaitTimeSeconds");
    Set<String> system = names(in, "MessageSystemAttributeNames");
    system.addAll(names(in, "AttributeNames"));
    Set<String> wanted = names(in, "MessageAttributeNames");
    ObjectNode out = json.createObjectNode();
    for (QueueMessage message : queues.receive(queue, most, visibility, Duration.ofSeconds(wait))) {
      write(out.withArray("Messages").addObject(), message, system, wanted);
    }
    return out;
  }

  private static void write(
      ObjectNode out, QueueMessage message, Set<String> system, Set<String> wanted) {
    out.put("MessageId", message.id());
    out.put("ReceiptHandle", message.receipt().orElseThrow());
    out.put("Body", message.body());
    out.put("MD5OfBody", message.bodyMd5());
    Map<String, String> about = new LinkedHashMap<>();
    about.put("SenderId", "LOCALSENDER");
    about.put("SentTimestamp", Long.toString(message.sent().toEpochMilli()));
    about.put("ApproximateReceiveCount", Integer.toString(message.receives()));
    about.put(
        "ApproximateFirstReceiveTimestamp", Long.toString(message.firstReceived().toEpochMilli()));
    about.forEach(
        (name, value) -> {
          if (system.contains("All") || system.contains(name)) {
            out.withObject("/Attributes").put(name, value);
          }
        });
    Map<String, AttributeValue> returned = new LinkedHashMap<>();
    message
        .attributes()
        .forEach(
            (name, value) -> {
              if (isWanted(name, wanted)) {
                returned.put(name, value);
              }
            });
    if (!returned.isEmpty()) {
      ObjectNode attributes = out.putObject("MessageAttributes");
      returned.forEach(
          (name, value) -> {
            ObjectNode attribute = attributes.putObject(name);
            attribute.put("DataType", value.dataType());
            attribute.put(value.isBinary() ? "BinaryValue" : "StringValue", value.value());
          });
      out.put("MD5OfMessageAttributes", AttributeValue.md5(returned));
    }
  }

  private static boolean isWanted(String name, Set<String> wanted) {
    return wanted.contains("All")
        || wanted.contains(name)
        || wanted.stream()
            .anyMatch(w -> w.endsWith(".*") && name.startsWith(w.substring(0, w.length() - 2)));
  }

  /** Runs every entry; one that fails does not stop the others. */
  private ObjectNode batch(JsonNode in, Function<JsonNode, ObjectNode> action) {
    List<JsonNode> entries = in.path("Entries").valueStream().toList();
    if (entries.isEmpty()) {
      throw SqsFailure.prefixed("EmptyBatchRequest", "There should be at least one entry.");
    }
    if (entries.size() > LARGEST_BATCH) {
      throw SqsFailure.prefixed(
          "TooManyEntriesInBatchRequest", "Maximum number of entries per request are 10.");
    }
    Set<String> ids = new HashSet<>();
    if (!entries.stream().allMatch(e -> ids.add(e.path("Id").asText()))) {
      throw SqsFailure.prefixed("BatchEntryIdsNotDistinct", "Two or more entries share an id.");
    }
    ObjectNode out = json.createObjectNode();
    out.putArray("Successful");
    out.putArray("Failed");
    for (JsonNode entry : entries) {
      String id = entry.path("Id").asText();
      try {
        ObjectNode done = action.apply(entry);
        out.withArray("Successful").add(done.put("Id", id));
      } catch (SqsFailure e) {
        out.withArray("Failed")
            .addObject()
            .put("Id", id)
            .put("Code", e.queryCode())
            .put("Message", e.getMessage())
            .put("SenderFault", true);
      }
    }
    return out;
  }

  private void checkContents(String queue, String body, Map<String, AttributeValue> attributes) {
    if (body.isEmpty()) {
      throw SqsFailure.of(
          "MissingParameter", "The request must contain the parameter MessageBody.");
    }
    boolean allowed =
        body.codePoints()
            .allMatch(
                c ->
                    c == 0x9
                        || c == 0xA
                        || c == 0xD
                        || (c >= 0x20 && c <= 0xD7FF)
                        || (c >= 0xE000 && c <= 0xFFFD)
                        || c >= 0x10000);
    if (!allowed) {
      throw SqsFailure.of(
          "InvalidMessageContents", "The message contains characters outside the allowed set.");
    }
    int size = body.getBytes(StandardCharsets.UTF_8).length;
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      size += attribute.getKey().length() + attribute.getValue().dataType().length();
      size += attribute.getValue().bytes().length;
    }
    int most = queues.settings(queue).seconds("MaximumMessageSize");
    if (size > most) {
      throw SqsFailure.invalid(
          "One or more parameters are invalid. Reason: Message must be shorter than "
              + most
              + " bytes.");
    }
  }

  private static Map<String, AttributeValue> attributes(JsonNode in) {
    if (in.size() > 10) {
      throw SqsFailure.invalid("Number of message attributes exceeds the allowed maximum 10.");
    }
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    in.properties()
        .forEach(
            entry -> {
              String type = entry.getValue().path("DataType").asText("");
              if (!type.matches("(String|Number|Binary)(\\..+)?")) {
                throw SqsFailure.invalid(
                    "The message attribute '" + entry.getKey() + "' has an invalid type.");
              }
              String field = type.startsWith("Binary") ? "BinaryValue" : "StringValue";
              String value = entry.getValue().path(field).asText("");
              if (value.isEmpty()) {
                throw SqsFailure.invalid(
                    "The message attribute '" + entry.getKey() + "' must have a value.");
              }
              AttributeValue attribute = new AttributeValue(type, value);
              checkDecodable(entry.getKey(), attribute);
              attributes.put(entry.getKey(), attribute);
            });
    return attributes;
  }

  private static void checkDecodable(String name, AttributeValue attribute) {
    try {
      attribute.bytes();
    } catch (IllegalArgumentException e) {
      throw SqsFailure.invalid("The message attribute '" + name + "' is not base64.");
    }
  }

  private static int number(JsonNode in, String name, int least, int most) {
    int value = in.path(name).asInt(-1);
    if (value < least || value > most) {
      throw SqsFailure.invalid(
          "Value for parameter "
              + name
              + " is invalid. Reason: Must be between "
              + least
              + " and "
              + most
              + ".");
    }
    return value;
  }

  private static Set<String> names(JsonNode in, String field) {
    Set<String> names = new HashSet<>();
    in.path(field).forEach(n -> names.add(n.asText()));
    return names;
  }
}
