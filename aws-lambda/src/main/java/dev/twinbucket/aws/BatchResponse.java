package dev.twinbucket.aws;

import dev.twinbucket.intake.Handled;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.notification.SqsMessage;
import java.util.ArrayList;
import java.util.List;

/** The answer to a batch: the messages that stay in the queue. */
final class BatchResponse {
  private BatchResponse() {}

  /**
   * Names every message that is not done.
   *
   * @param messages the batch
   * @param handled how each of them ended, in the same order
   */
  static byte[] of(List<SqsMessage> messages, List<Handled> handled) {
    if (messages.size() != handled.size()) {
      throw new IllegalStateException("a message without an ending would be lost");
    }
    List<JsonValue> failures = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if (!handled.get(i).isDone()) {
        failures.add(
            JsonObject.builder().put("itemIdentifier", messages.get(i).messageId()).build());
      }
    }
    return Json.writeBytes(
        JsonObject.builder().put("batchItemFailures", new JsonArray(failures)).build());
  }
}
