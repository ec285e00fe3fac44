package dev.twinbucket.notification;

import dev.twinbucket.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** One format, or one envelope. */
interface NotificationFormat {
  /**
   * Reads a payload of this format.
   *
   * @param inner reads what an envelope contains
   * @return empty if the payload is not of this format at all
   * @throws UnreadableException if it is of this format and nothing of it can be read
   */
  Optional<List<Reading>> read(JsonObject payload, InnerReader inner);
}
