package dev.twinbucket.notification;

import dev.twinbucket.json.JsonValue;
import java.util.List;
import java.util.Map;

/**
 * Reads whatever a cloud's notification channel delivers: S3 notifications and their relatives,
 * EventBridge, CloudEvents, Pub/Sub, first-generation background events, and Twinbucket's own
 * messages, each bare or in the envelopes of SQS, SNS and Pub/Sub. The format is told by the
 * payload itself.
 *
 * <p>No method throws, whatever the input. Each Record of a list is read on its own; the readings
 * come in the order of the Records, and there is always at least one.
 */
public final class NotificationReader {
  private static final List<NotificationFormat> FORMATS =
      List.of(
          new LookFormat(),
          new RecordsFormat(),
          new S3TestEventFormat(),
          new SnsFormat(),
          new EventBridgeFormat(),
          new CloudEventFormat(),
          new PubSubPushFormat(),
          new BackgroundEventFormat(),
          new PubSubMessageFormat(),
          new GcsResourceFormat());

  private final InnerReader reader;

  /** With the default limits. */
  public NotificationReader() {
    this(NotificationLimits.DEFAULT);
  }

  /** With limits of one's own. */
  public NotificationReader(NotificationLimits limits) {
    reader = new InnerReader(FORMATS, limits);
  }

  /** Reads a payload of UTF-8 JSON. */
  public List<Reading> read(byte[] payload) {
    return reader.read(payload);
  }

  /** Reads a payload of JSON, such as the body of a queue's message. */
  public List<Reading> read(String payload) {
    return reader.read(payload);
  }

  /** Reads a payload that was parsed before, and so was limited by somebody else. */
  public List<Reading> read(JsonValue payload) {
    return reader.read(payload);
  }

  /**
   * Reads a CloudEvent whose attributes did not come with its data: the binary mode of HTTP, or a
   * framework's event object. Attributes that are absent are empty.
   *
   * @param type such as {@code google.cloud.storage.object.v1.finalized}
   * @param source such as {@code //storage.googleapis.com/projects/_/buckets/BUCKET}
   * @param subject such as {@code objects/KEY}
   * @param time RFC 3339
   * @param data the payload, JSON; when empty, source and subject name the object
   */
  public List<Reading> readCloudEvent(
      String type, String source, String subject, String time, byte[] data) {
    try {
      return new CloudEventFormat()
          .read(
              new CloudEventFormat.Attributes(type, source, subject, time),
              CloudEventFormat.parse(data, reader),
              reader);
    } catch (UnreadableException e) {
      return List.of(e.reading());
    }
  }

  /**
   * Reads a Pub/Sub message that was taken out of its wrapper: from a pull, or from an unwrapped
   * push whose headers carry the attributes.
   *
   * @param attributes the message's attributes
   * @param data its data, not in base64
   */
  public List<Reading> readPubSub(Map<String, String> attributes, byte[] data) {
    try {
      return new PubSubMessageFormat().read(attributes, data, reader);
    } catch (UnreadableException e) {
      return List.of(e.reading());
    }
  }
}
