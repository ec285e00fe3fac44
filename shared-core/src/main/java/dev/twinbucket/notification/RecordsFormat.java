package dev.twinbucket.notification;

import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list of {@code Records}: S3's own, MinIO's, or what Lambda hands over from SQS and SNS. A bad
 * Record becomes one unreadable reading and does not touch its neighbours.
 */
final class RecordsFormat implements NotificationFormat {
  private final S3RecordReader s3 = new S3RecordReader();

  @Override
  public Optional<List<Reading>> read(JsonObject payload, InnerReader inner) {
    return payload.get("Records").map(records -> readAll(records, inner));
  }

  private List<Reading> readAll(JsonValue value, InnerReader inner) {
    JsonArray records =
        value
            .asArray()
            .orElseThrow(() -> new UnreadableException("an array at Records", value.kind()));
    int most = inner.limits().records();
    if (records.size() > most) {
      throw new UnreadableException("at most " + most + " Records", records.size() + "");
    }
    if (records.size() == 0) {
      return List.of(new Reading.Ignored("an empty list of Records"));
    }
    List<Reading> readings = new ArrayList<>(records.size());
    for (JsonValue item : records) {
      try {
        readings.addAll(readOne(item, inner));
      } catch (UnreadableException e) {
        readings.add(e.reading());
      }
    }
    return List.copyOf(readings);
  }

  private List<Reading> readOne(JsonValue item, InnerReader inner) {
    if (!(item instanceof JsonObject object)) {
      throw new UnreadableException("a Record, an object", item.kind());
    }
    Fields fields = Fields.of(object);
    // SNS alone writes its name with a capital letter.
    String source = fields.textOr("eventSource", fields.textOr("EventSource", ""));
    return switch (source) {
      case SqsBatch.EVENT_SOURCE -> inner.opened().read(fields.text("body"));
      case "aws:sns" -> inner.opened().read(fields.inside("Sns").object());
      default -> List.of(s3.read(fields, source));
    };
  }
}
