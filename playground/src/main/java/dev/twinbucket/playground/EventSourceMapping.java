package dev.twinbucket.playground;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonException;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.json.Limits;
import dev.twinbucket.playground.lambda.Answer;
import dev.twinbucket.playground.lambda.LambdaProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * What Lambda does between a queue and a function: receives a batch, invokes, and deletes what the
 * answer does not name as failed. A function that throws has its whole batch back.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">
 *     Handling errors for an SQS event source</a>
 */
final class EventSourceMapping implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final int BATCH = 10;
  private static final int LONG_POLL_SECONDS = 1;

  private final SqsClient sqs;
  private final String queueUrl;
  private final LambdaProcess lambda;
  private final Thread poller;
  private volatile boolean closed;

  EventSourceMapping(SqsClient sqs, String queueUrl, LambdaProcess lambda) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.lambda = lambda;
    this.poller = Thread.ofVirtual().name("event-source-mapping").start(this::poll);
  }

  private void poll() {
    while (!closed) {
      try {
        List<Message> messages =
            sqs.receiveMessage(
                    receive ->
                        receive
                            .queueUrl(queueUrl)
                            .maxNumberOfMessages(BATCH)
                            .waitTimeSeconds(LONG_POLL_SECONDS))
                .messages();
        if (!messages.isEmpty()) {
          deliver(messages);
        }
      } catch (SdkException e) {
        if (!closed) {
          throw e;
        }
      }
    }
  }

  private void deliver(List<Message> messages) {
    Answer answer = lambda.invoke(Json.writeBytes(batch(messages)), TIMEOUT).join();
    Optional<Set<String>> failed = failures(answer);
    for (Message message : messages) {
      if (failed.isPresent() && !failed.get().contains(message.messageId())) {
        sqs.deleteMessage(
            delete -> delete.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
      }
    }
  }

  private static JsonObject batch(List<Message> messages) {
    List<JsonValue> records =
        messages.stream()
            .<JsonValue>map(
                message ->
                    JsonObject.builder()
                        .put("messageId", message.messageId())
                        .put("receiptHandle", message.receiptHandle())
                        .put("body", message.body())
                        .put("eventSource", "aws:sqs")
                        .put("eventSourceARN", "arn:aws:sqs:us-east-1:000000000000:notifications")
                        .build())
            .toList();
    return JsonObject.builder().put("Records", new JsonArray(records)).build();
  }

  /** The messages that the answer names; empty if the whole batch failed. */
  private static Optional<Set<String>> failures(Answer answer) {
    if (!(answer instanceof Answer.Returned(String body))) {
      return Optional.empty();
    }
    try {
      return Json.parse(body, Limits.EVENT)
          .asObject()
          .flatMap(object -> object.array("batchItemFailures"))
          .map(
              failures ->
                  failures.items().stream()
                      .flatMap(item -> item.asObject().stream())
                      .flatMap(item -> item.string("itemIdentifier").stream())
                      .collect(Collectors.toSet()));
    } catch (JsonException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      poller.join(TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
