package dev.twinbucket.local.pubsub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinbucket.local.http.HttpCall;
import dev.twinbucket.local.http.PercentCoding;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The REST face of the broker.
 *
 * @see <a href="https://cloud.google.com/pubsub/docs/reference/rest">Pub/Sub REST API v1</a>
 */
final class PubsubRest {

  private static final Pattern PATH =
      Pattern.compile(
          "/v1/(projects/[^/:]+/(topics|subscriptions)(?:/[A-Za-z][A-Za-z0-9._~+%-]{2,254})?)"
              + "(?::([A-Za-z]+))?");
  private static final Pattern SECONDS = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,9})?)s");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Broker broker;

  PubsubRest(Broker broker) {
    this.broker = broker;
  }

  void handle(HttpCall call) throws IOException {
    try {
      call.respond(200, "application/json; charset=UTF-8", answer(call).toString());
    } catch (PubsubError e) {
      ObjectNode error = object();
      error
          .putObject("error")
          .put("code", e.code())
          .put("message", e.getMessage())
          .put("status", e.status());
      call.respond(e.code(), "application/json; charset=UTF-8", error.toString());
    }
  }

  private ObjectNode answer(HttpCall call) throws IOException {
    Matcher path = PATH.matcher(call.rawPath());
    if (!path.matches()) {
      throw PubsubError.notFound(call.rawPath());
    }
    String name = PercentCoding.decodePath(path.group(1));
    String verb = path.group(3) == null ? call.method() : call.method() + " " + path.group(3);
    ObjectNode body = body(call);
    boolean collection = name.endsWith("/topics") || name.endsWith("/subscriptions");
    if (path.group(2).equals("topics")) {
      return collection ? topics(verb) : topic(verb, name, body);
    }
    return subscription(verb, name, body);
  }

  private ObjectNode topics(String verb) {
    if (!verb.equals("GET")) {
      throw PubsubError.notFound(verb);
    }
    ObjectNode answer = object();
    ArrayNode listed = answer.putArray("topics");
    broker.topics().forEach(topic -> listed.addObject().put("name", topic));
    return answer;
  }

  private ObjectNode topic(String verb, String name, ObjectNode body) {
    switch (verb) {
      case "PUT" -> broker.createTopic(name);
      case "GET" -> broker.requireTopic(name);
      case "DELETE" -> {
        broker.deleteTopic(name);
        return object();
      }
      case "POST publish" -> {
        return publish(name, body);
      }
      default -> throw PubsubError.notFound(name);
    }
    return object().put("name", name);
  }

  private ObjectNode publish(String topic, ObjectNode body) {
    broker.requireTopic(topic);
    JsonNode messages = body.path("messages");
    if (messages.isEmpty()) {
      throw PubsubError.invalid("The value for message_count is too small. You passed 0.");
    }
    ObjectNode answer = object();
    ArrayNode ids = answer.putArray("messageIds");
    for (JsonNode message : messages) {
      Map<String, String> attributes = new HashMap<>();
      message
          .path("attributes")
          .properties()
          .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
      String data = message.path("data").asText();
      if (data.isEmpty() && attributes.isEmpty()) {
        throw PubsubError.invalid("Some messages in the publish request are empty.");
      }
      ids.add(broker.publish(topic, attributes, data).messageId());
    }
    return answer;
  }

  private ObjectNode subscription(String verb, String name, ObjectNode body) {
    return switch (verb) {
      case "PUT" -> {
        broker.subscribe(name, settings(body));
        yield resource(name);
      }
      case "GET" -> resource(name);
      case "DELETE" -> {
        broker.unsubscribe(name);
        yield object();
      }
      case "POST pull" -> pull(name, body);
      case "POST acknowledge" -> {
        broker.acknowledge(name, ackIds(body));
        yield object();
      }
      case "POST modifyAckDeadline" -> {
        long seconds = body.path("ackDeadlineSeconds").asLong(-1);
        if (seconds < 0 || seconds > 600) {
          throw PubsubError.invalid("ackDeadlineSeconds must be between 0 and 600.");
        }
        broker.modifyAckDeadline(name, ackIds(body), Duration.ofSeconds(seconds));
        yield object();
      }
      default -> throw PubsubError.notFound(name);
    };
  }

  private ObjectNode pull(String name, ObjectNode body) {
    int max = body.path("maxMessages").asInt();
    if (max < 1) {
      throw PubsubError.invalid("You have passed an invalid argument to the service: maxMessages.");
    }
    ObjectNode answer = object();
    List<ReceivedMessage> pulled = broker.pull(name, max);
    if (!pulled.isEmpty()) {
      ArrayNode received = answer.putArray("receivedMessages");
      for (ReceivedMessage message : pulled) {
        ObjectNode item = received.addObject().put("ackId", message.ackId());
        item.set("message", message.message().toJson());
        message.deliveryAttempt().ifPresent(attempt -> item.put("deliveryAttempt", attempt));
      }
    }
    return answer;
  }

  private static List<String> ackIds(ObjectNode body) {
    return StreamSupport.stream(body.path("ackIds").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  private static SubscriptionSettings settings(ObjectNode body) {
    SubscriptionSettings settings = SubscriptionSettings.pull(body.path("topic").asText());
    String endpoint = body.path("pushConfig").path("pushEndpoint").asText();
    if (!endpoint.isEmpty()) {
      settings = SubscriptionSettings.push(settings.topic(), URI.create(endpoint));
    }
    JsonNode deadline = body.path("ackDeadlineSeconds");
    if (deadline.asInt() > 0) {
      settings = settings.withAckDeadline(Duration.ofSeconds(deadline.asInt()));
    }
    JsonNode deadLetter = body.path("deadLetterPolicy");
    if (deadLetter.has("deadLetterTopic")) {
      settings =
          settings.withDeadLetter(
              deadLetter.get("deadLetterTopic").asText(),
              deadLetter.path("maxDeliveryAttempts").asInt(5));
    }
    JsonNode retry = body.path("retryPolicy");
    if (!retry.isMissingNode()) {
      settings =
          settings.withRetry(
              new RetryPolicy(
                  duration(retry.path("minimumBackoff")).orElse(Duration.ofSeconds(10)),
                  duration(retry.path("maximumBackoff")).orElse(Duration.ofSeconds(600))));
    }
    return settings;
  }

  private static Optional<Duration> duration(JsonNode text) {
    if (text.isMissingNode()) {
      return Optional.empty();
    }
    Matcher match = SECONDS.matcher(text.asText());
    if (!match.matches()) {
      throw PubsubError.invalid("Invalid duration: " + text.asText());
    }
    return Optional.of(Duration.parse("PT" + match.group(1) + "S"));
  }

  private ObjectNode resource(String name) {
    SubscriptionSettings settings = broker.settings(name);
    ObjectNode resource =
        object()
            .put("name", name)
            .put("topic", settings.topic())
            .put("ackDeadlineSeconds", settings.ackDeadline().toSeconds())
            .put("state", "ACTIVE");
    ObjectNode push = resource.putObject("pushConfig");
    settings.push().ifPresent(p -> push.put("pushEndpoint", p.endpoint().toString()));
    settings
        .deadLetter()
        .ifPresent(
            policy ->
                resource
                    .putObject("deadLetterPolicy")
                    .put("deadLetterTopic", policy.topic())
                    .put("maxDeliveryAttempts", policy.maxDeliveryAttempts()));
    return resource;
  }

  private static ObjectNode body(HttpCall call) throws IOException {
    byte[] bytes = call.body().readAllBytes();
    if (bytes.length == 0) {
      return object();
    }
    try {
      if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw PubsubError.invalid("Invalid JSON payload received.");
    }
    throw PubsubError.invalid("Invalid JSON payload received.");
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
