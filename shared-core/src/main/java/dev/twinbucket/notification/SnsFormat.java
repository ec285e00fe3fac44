package dev.twinbucket.notification;

import dev.twinbucket.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The JSON envelope of SNS, as it arrives in a queue without raw delivery, over HTTP, and inside
 * Lambda's SNS Records. With raw delivery there is no envelope.
 */
final class SnsFormat implements NotificationFormat {
  @Override
  public Optional<List<Reading>> read(JsonObject payload, InnerReader inner) {
    if (!payload.has("TopicArn")) {
      return Optional.empty();
    }
    Fields fields = Fields.of(payload);
    return Optional.of(
        switch (fields.text("Type")) {
          case "Notification" -> inner.opened().read(fields.text("Message"));
          case "SubscriptionConfirmation", "UnsubscribeConfirmation" ->
              List.of(
                  new Reading.Ignored(
                      "an SNS subscription's housekeeping; subscriptions are not confirmed here"));
          default ->
              throw new UnreadableException(
                  "an SNS Notification", UnreadableException.excerpt(fields.text("Type")));
        });
  }
}
