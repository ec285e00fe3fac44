package dev.twinbucket.local.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The attributes of a queue that can be set, by their names in the API. Values are kept as the
 * texts that were sent, within the ranges of the API reference.
 */
record QueueSettings(Map<String, String> values) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, Range> NUMBERS =
      Map.of(
          "VisibilityTimeout", new Range(30, 0, 43_200),
          "DelaySeconds", new Range(0, 0, 900),
          "ReceiveMessageWaitTimeSeconds", new Range(0, 0, 20),
          "MessageRetentionPeriod", new Range(345_600, 60, 1_209_600),
          "MaximumMessageSize", new Range(1_048_576, 1024, 1_048_576));

  private record Range(int normal, int least, int most) {}

  /**
   * Where messages go that were received too often.
   *
   * @param deadLetterArn the dead-letter queue
   * @param maxReceiveCount how often a message is received before it goes there
   */
  record Redrive(String deadLetterArn, int maxReceiveCount) {}

  QueueSettings {
    values = Map.copyOf(values);
  }

  static QueueSettings defaults() {
    Map<String, String> values = new LinkedHashMap<>();
    NUMBERS.forEach((name, range) -> values.put(name, Integer.toString(range.normal())));
    return new QueueSettings(values);
  }

  /** These settings with some of them replaced. An empty redrive policy takes it away. */
  QueueSettings with(Map<String, String> changes) {
    Map<String, String> merged = new LinkedHashMap<>(values);
    changes.forEach(
        (name, value) -> {
          if (NUMBERS.containsKey(name)) {
            number(name, value);
            merged.put(name, value);
          } else if (name.equals("RedrivePolicy")) {
            if (value.isEmpty()) {
              merged.remove(name);
            } else {
              parseRedrive(value);
              merged.put(name, value);
            }
          } else if (name.equals("Policy") || name.equals("SqsManagedSseEnabled")) {
            merged.put(name, value);
          } else {
            throw SqsFailure.of("InvalidAttributeName", "Unknown Attribute " + name + ".");
          }
        });
    return new QueueSettings(merged);
  }

  int seconds(String name) {
    return Integer.parseInt(values.get(name));
  }

  Optional<Redrive> redrive() {
    return Optional.ofNullable(values.get("RedrivePolicy")).map(QueueSettings::parseRedrive);
  }

  private static int number(String name, String value) {
    Range range = NUMBERS.get(name);
    try {
      int number = Integer.parseInt(value);
      if (number >= range.least() && number <= range.most()) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, like one out of range.
    }
    throw SqsFailure.of("InvalidAttributeValue", "Invalid value for the parameter " + name + ".");
  }

  private static Redrive parseRedrive(String policy) {
    try {
      JsonNode json = JSON.readTree(policy);
      String arn = json.path("deadLetterTargetArn").asText("");
      int count = json.path("maxReceiveCount").asInt(0);
      if (!arn.isEmpty() && count >= 1 && count <= 1000) {
        return new Redrive(arn, count);
      }
    } catch (JsonProcessingException e) {
      // Refused below.
    }
    throw SqsFailure.of("InvalidAttributeValue", "Invalid value for the parameter RedrivePolicy.");
  }
}
