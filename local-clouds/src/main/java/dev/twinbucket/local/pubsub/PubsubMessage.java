package dev.twinbucket.local.pubsub;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A published message.
 *
 * @param data the payload in Base64, empty if there is none
 * @see <a href="https://cloud.google.com/pubsub/docs/reference/rest/v1/PubsubMessage">Pub/Sub
 *     message</a>
 */
public record PubsubMessage(
    String messageId,
    String topic,
    Map<String, String> attributes,
    String data,
    Instant publishTime) {

  /** Takes a copy of what could change. */
  public PubsubMessage {
    attributes = Map.copyOf(attributes);
  }

  /** The message as it is pulled. */
  ObjectNode toJson() {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    if (!attributes.isEmpty()) {
      ObjectNode named = message.putObject("attributes");
      attributes.forEach(named::put);
    }
    if (!data.isEmpty()) {
      message.put("data", data);
    }
    return message.put("messageId", messageId).put("publishTime", publishTime.toString());
  }

  /**
   * The body of a push request.
   *
   * @param subscription full name of the subscription
   * @param attempt number of this delivery; sent only with a dead-letter policy
   * @see <a href="https://cloud.google.com/pubsub/docs/push#receive_push">Push request format</a>
   */
  public String pushBody(String subscription, OptionalInt attempt) {
    ObjectNode message = toJson();
    message.put("message_id", messageId).put("publish_time", publishTime.toString());
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("message", message);
    body.put("subscription", subscription);
    attempt.ifPresent(number -> body.put("deliveryAttempt", number));
    return body.toString();
  }

  /**
   * The event by which Eventarc tells of this message.
   *
   * @param subscription full name of the trigger's subscription
   * @see <a href="https://cloud.google.com/eventarc/docs/cloudevents#pubsub">Pub/Sub events</a>
   */
  public CloudEvent toCloudEvent(String subscription, OptionalInt attempt) {
    return new CloudEvent(
        Map.of(
            "id",
            messageId,
            "source",
            "//pubsub.googleapis.com/" + topic,
            "specversion",
            "1.0",
            "type",
            "google.cloud.pubsub.topic.v1.messagePublished",
            "time",
            publishTime.toString()),
        pushBody(subscription, attempt));
  }

  /** The attribute of this name. */
  public Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }
}
