package dev.twinbucket.notification;

import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The batch in which Lambda hands over messages from SQS, each of which is answered on its own. */
public final class SqsBatch {
  static final String EVENT_SOURCE = "aws:sqs";

  private SqsBatch() {}

  /**
   * Opens a batch.
   *
   * @return the messages in order, at least one; empty if the payload is not such a batch, in which
   *     case it has to be read as a whole
   */
  public static Optional<List<SqsMessage>> open(JsonValue payload) {
    List<SqsMessage> messages = new ArrayList<>();
    for (JsonValue record :
        payload.asObject().flatMap(object -> object.array("Records")).orElse(JsonArray.EMPTY)) {
      Optional<SqsMessage> message = record.asObject().flatMap(SqsBatch::message);
      if (message.isEmpty()) {
        return Optional.empty();
      }
      messages.add(message.get());
    }
    return messages.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(messages));
  }

  private static Optional<SqsMessage> message(JsonObject record) {
    Optional<String> id = record.string("messageId");
    Optional<String> body = record.string("body");
    if (!record.string("eventSource").equals(Optional.of(EVENT_SOURCE))
        || id.isEmpty()
        || body.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SqsMessage(
            id.get(),
            record.string("receiptHandle").orElse(""),
            body.get(),
            record.string("eventSourceARN").orElse(""),
            receiveCount(record)));
  }

  private static int receiveCount(JsonObject record) {
    String digits =
        record
            .object("attributes")
            .map(Fields::of)
            .map(a -> a.digits("ApproximateReceiveCount"))
            .orElse("");
    return digits.isEmpty() || digits.length() > 9 ? 1 : Math.max(1, Integer.parseInt(digits));
  }
}
