package dev.twinbucket.aws;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.json.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * What Lambda does between a queue and a function: receives a batch, invokes, and deletes what the
 * answer does not name.
 */
final class EventSource {
  private final SqsClient sqs;
  private final String queueUrl;
  private final ReplicationHandler handler;

  EventSource(SqsClient sqs, String queueUrl, ReplicationHandler handler) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.handler = handler;
  }

  /**
   * One invocation with all that can be received.
   *
   * @return how many messages the answer named
   */
  int poll() throws IOException {
    List<Message> messages = receive();
    if (messages.isEmpty()) {
      throw new AssertionError("the queue is empty");
    }
    return invoke(messages);
  }

  /** One invocation, or none if nothing can be received. */
  void pollIfAny() throws IOException {
    List<Message> messages = receive();
    if (!messages.isEmpty()) {
      invoke(messages);
    }
  }

  private int invoke(List<Message> messages) throws IOException {
    JsonObject answer = answer(batch(messages));
    Set<String> failed = failures(answer);
    for (Message message : messages) {
      if (!failed.contains(message.messageId())) {
        sqs.deleteMessage(
            delete -> delete.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
      }
    }
    return failed.size();
  }

  private List<Message> receive() {
    return sqs.receiveMessage(receive -> receive.queueUrl(queueUrl).maxNumberOfMessages(10))
        .messages();
  }

  private JsonObject answer(byte[] payload) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(payload), out, Invoked.WITH_TIME);
    return Json.parse(out.toByteArray(), Limits.EVENT).asObject().orElseThrow();
  }

  /** The messages that an answer names. */
  static Set<String> failures(JsonObject answer) {
    return answer.array("batchItemFailures").orElseThrow().items().stream()
        .map(item -> item.asObject().orElseThrow().string("itemIdentifier").orElseThrow())
        .collect(Collectors.toSet());
  }

  private static byte[] batch(List<Message> messages) {
    List<JsonValue> records = new ArrayList<>();
    for (Message message : messages) {
      records.add(record(message.messageId(), message.body()));
    }
    return batchOf(records);
  }

  /** A batch of these bodies, whose messages are named {@code m0}, {@code m1} and so on. */
  static byte[] batch(String... bodies) {
    List<JsonValue> records = new ArrayList<>();
    for (String body : bodies) {
      records.add(record("m" + records.size(), body));
    }
    return batchOf(records);
  }

  private static byte[] batchOf(List<JsonValue> records) {
    return Json.write(JsonObject.builder().put("Records", new JsonArray(records)).build())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObject record(String id, String body) {
    return JsonObject.builder()
        .put("messageId", id)
        .put("receiptHandle", "handle")
        .put("body", body)
        .put("eventSource", "aws:sqs")
        .put("eventSourceARN", "arn:aws:sqs:us-east-1:000000000000:notifications")
        .build();
  }
}
