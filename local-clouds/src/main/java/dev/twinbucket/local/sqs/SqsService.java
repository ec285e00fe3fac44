package dev.twinbucket.local.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinbucket.local.http.CallHandler;
import dev.twinbucket.local.http.HttpCall;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Takes calls of the AWS JSON 1.0 protocol to the queues. */
final class SqsService implements CallHandler {
  private static final String TYPE = "application/x-amz-json-1.0";
  private static final String TARGET = "AmazonSQS.";

  private final ObjectMapper json = new ObjectMapper();
  private final Queues queues;
  private final MessageOperations messages;
  private final Supplier<String> endpoint;

  SqsService(Queues queues, Supplier<String> endpoint) {
    this.queues = queues;
    this.endpoint = endpoint;
    this.messages = new MessageOperations(queues, json);
  }

  String url(String name) {
    return endpoint.get() + "/" + Queues.ACCOUNT + "/" + name;
  }

  @Override
  public void handle(HttpCall call) throws IOException {
    try {
      String target = call.header("X-Amz-Target").orElse("");
      if (!target.startsWith(TARGET)) {
        throw SqsFailure.of("InvalidAction", "Only the AWS JSON 1.0 protocol is spoken here");
      }
      call.respond(200, TYPE, perform(target.substring(TARGET.length()), read(call)).toString());
    } catch (SqsFailure e) {
      ObjectNode body = json.createObjectNode();
      body.put("__type", "com.amazonaws.sqs#" + e.type());
      body.put("message", e.getMessage());
      call.set("x-amzn-query-error", e.queryCode() + ";Sender");
      call.respond(400, TYPE, body.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The server was closed while a receiver waited", e);
    }
  }

  private JsonNode read(HttpCall call) throws IOException {
    try {
      JsonNode body = json.readTree(call.body());
      return body.isObject() ? body : json.createObjectNode();
    } catch (JsonProcessingException e) {
      throw SqsFailure.of("SerializationException", "The body is not JSON");
    }
  }

  private ObjectNode perform(String operation, JsonNode in) throws InterruptedException {
    return switch (operation) {
      case "CreateQueue" -> {
        String name = in.path("QueueName").asText();
        queues.create(name, texts(in.path("Attributes")));
        yield json.createObjectNode().put("QueueUrl", url(name));
      }
      case "DeleteQueue" -> {
        queues.delete(name(in));
        yield json.createObjectNode();
      }
      case "PurgeQueue" -> {
        queues.purge(name(in));
        yield json.createObjectNode();
      }
      case "GetQueueUrl" -> {
        String name = in.path("QueueName").asText();
        queues.settings(name);
        yield json.createObjectNode().put("QueueUrl", url(name));
      }
      case "ListQueues" -> {
        ObjectNode out = json.createObjectNode();
        queues
            .names(in.path("QueueNamePrefix").asText(""))
            .forEach(n -> out.withArray("QueueUrls").add(url(n)));
        yield out;
      }
      case "GetQueueAttributes" -> attributes(in);
      case "SetQueueAttributes" -> {
        queues.change(name(in), texts(in.path("Attributes")));
        yield json.createObjectNode();
      }
      case "SendMessage" -> messages.send(name(in), in);
      case "SendMessageBatch" -> messages.sendBatch(name(in), in);
      case "ReceiveMessage" -> messages.receive(name(in), in);
      case "DeleteMessage" -> {
        queues.delete(name(in), in.path("ReceiptHandle").asText());
        yield json.createObjectNode();
      }
      case "DeleteMessageBatch" -> messages.deleteBatch(name(in), in);
      case "ChangeMessageVisibility" -> messages.changeVisibility(name(in), in);
      case "ChangeMessageVisibilityBatch" -> messages.changeVisibilityBatch(name(in), in);
      default -> throw SqsFailure.prefixed("UnsupportedOperation", "Not known here: " + operation);
    };
  }

  private ObjectNode attributes(JsonNode in) {
    String name = name(in);
    QueueDepth depth = queues.depth(name);
    Map<String, String> all = new LinkedHashMap<>(queues.settings(name).values());
    all.put("QueueArn", queues.arn(name));
    all.put("ApproximateNumberOfMessages", Integer.toString(depth.visible()));
    all.put("ApproximateNumberOfMessagesNotVisible", Integer.toString(depth.inFlight()));
    all.put("ApproximateNumberOfMessagesDelayed", Integer.toString(depth.delayed()));
    all.put("CreatedTimestamp", Long.toString(queues.created(name).getEpochSecond()));
    all.put("LastModifiedTimestamp", Long.toString(queues.changed(name).getEpochSecond()));
    List<String> asked = in.path("AttributeNames").valueStream().map(JsonNode::asText).toList();
    ObjectNode out = json.createObjectNode();
    all.forEach(
        (attribute, value) -> {
          if (asked.contains("All") || asked.contains(attribute)) {
            out.withObject("/Attributes").put(attribute, value);
          }
        });
    return out;
  }

  private static String name(JsonNode in) {
    String url = in.path("QueueUrl").asText("");
    if (url.isEmpty()) {
      throw SqsFailure.of("MissingParameter", "The request must contain the parameter QueueUrl.");
    }
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }
}
