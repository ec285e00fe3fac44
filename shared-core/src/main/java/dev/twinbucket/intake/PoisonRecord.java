package dev.twinbucket.intake;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonException;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.Limits;
import dev.twinbucket.notification.LookMessage;
import dev.twinbucket.notification.Reading;
import java.util.Optional;

/** Separates what is to be kept of a message from what was done. */
final class PoisonRecord {
  private static final String RECORDS = "Records";

  private PoisonRecord() {}

  /**
   * The text from which the reading at {@code index} can be read again, alone if that is possible:
   * the Record of a bare list, else the hint itself, else the whole payload.
   */
  static String of(Delivery delivery, int index) {
    if (delivery.readings().size() == 1) {
      return delivery.payload();
    }
    Reading reading = delivery.readings().get(index);
    return record(delivery, index)
        .or(
            () ->
                reading instanceof Reading.Hint(var event)
                    ? Optional.of(LookMessage.of(event))
                    : Optional.empty())
        .map(Json::write)
        .orElse(delivery.payload());
  }

  private static Optional<JsonObject> record(Delivery delivery, int index) {
    try {
      return Json.parse(delivery.payload(), Limits.EVENT)
          .asObject()
          .flatMap(payload -> payload.array(RECORDS))
          .filter(records -> records.size() == delivery.readings().size())
          .map(
              records ->
                  JsonObject.builder()
                      .put(RECORDS, JsonArray.of(records.items().get(index)))
                      .build());
    } catch (JsonException e) {
      return Optional.empty();
    }
  }
}
