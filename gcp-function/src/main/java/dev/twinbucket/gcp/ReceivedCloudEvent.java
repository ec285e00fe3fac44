package dev.twinbucket.gcp;

import dev.twinbucket.intake.Delivery;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.notification.NotificationReader;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/** A CloudEvent apart from the framework that brought it. Attributes that are absent are empty. */
final class ReceivedCloudEvent {
  private final String id;
  private final String type;
  private final String source;
  private final String subject;
  private final String time;
  private final byte[] data;

  /**
   * An event.
   *
   * @param id the same at every delivery
   * @param type what happened
   * @param source where
   * @param subject to what
   * @param time when
   * @param data the payload; not copied
   */
  ReceivedCloudEvent(
      String id, String type, String source, String subject, String time, byte[] data) {
    this.id = id;
    this.type = type;
    this.source = source;
    this.subject = subject;
    this.time = time;
    this.data = data;
  }

  static ReceivedCloudEvent of(CloudEvent event) {
    return new ReceivedCloudEvent(
        event.getId(),
        event.getType(),
        event.getSource().toString(),
        Objects.requireNonNullElse(event.getSubject(), ""),
        Optional.ofNullable(event.getTime()).map(Object::toString).orElse(""),
        Optional.ofNullable(event.getData())
            .map(CloudEventData::toBytes)
            .orElseGet(() -> new byte[0]));
  }

  /** The event as a message. Whoever sends CloudEvents sends them again until they are taken. */
  Delivery delivery(NotificationReader reader) {
    return new Delivery(
        id,
        Timestamps.parse(time),
        structured(),
        reader.readCloudEvent(type, source, subject, time, data));
  }

  /**
   * The event in the structured mode, to be read again from a dead letter.
   *
   * @see <a
   *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">JSON
   *     event format</a>
   */
  private String structured() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("specversion", "1.0")
            .put("id", id)
            .put("type", type)
            .put("source", source);
    putIfAny(json, "subject", subject);
    putIfAny(json, "time", time);
    if (data.length > 0) {
      json.put("data_base64", Base64.getEncoder().encodeToString(data));
    }
    return Json.write(json.build());
  }

  private static void putIfAny(JsonObject.Builder json, String name, String value) {
    if (!value.isEmpty()) {
      json.put(name, value);
    }
  }
}
