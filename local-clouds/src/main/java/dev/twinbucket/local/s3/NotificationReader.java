package dev.twinbucket.local.s3;

import java.util.List;
import java.util.Locale;

/** Reads queue configurations from a PutBucketNotificationConfiguration document. */
final class NotificationReader {
  private NotificationReader() {}

  static NotificationConfiguration.Queue queue(Xml xml) {
    List<String> events = xml.children("Event").stream().map(Xml::text).toList();
    if (events.isEmpty()) {
      throw ErrorCode.MALFORMED_XML.failure();
    }
    for (String event : events) {
      boolean known = false;
      for (EventType type : EventType.values()) {
        known |= type.isMeantBy(event);
      }
      if (!known || !event.startsWith("s3:")) {
        throw ErrorCode.INVALID_ARGUMENT
            .failure("The event is not supported for notifications")
            .element("ArgumentName", "Event")
            .element("ArgumentValue", event);
      }
    }
    String prefix = "";
    String suffix = "";
    for (Xml filter : xml.children("Filter")) {
      for (Xml key : filter.children("S3Key")) {
        for (Xml rule : key.children("FilterRule")) {
          String value = rule.text("Value").orElse("");
          switch (rule.requiredText("Name").toLowerCase(Locale.ROOT)) {
            case "prefix" -> prefix = value;
            case "suffix" -> suffix = value;
            default ->
                throw ErrorCode.INVALID_ARGUMENT.failure(
                    "filter rule name must be either prefix or suffix");
          }
        }
      }
    }
    String arn = xml.requiredText("Queue");
    String id =
        xml.text("Id")
            .filter(i -> !i.isEmpty())
            .orElse("queue-" + Integer.toHexString(arn.hashCode()));
    return new NotificationConfiguration.Queue(id, arn, events, prefix, suffix);
  }
}
