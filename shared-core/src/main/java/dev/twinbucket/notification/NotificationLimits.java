package dev.twinbucket.notification;

import dev.twinbucket.json.Limits;

/**
 * What a notification may cost before it is refused.
 *
 * @param json the size and depth of each JSON text: of the payload, and of every text inside it
 * @param records how many Records one list may hold
 * @param envelopes how many envelopes may contain one another
 */
public record NotificationLimits(Limits json, int records, int envelopes) {
  /** 1 MiB, 64 levels, 1,000 Records, 5 envelopes. */
  public static final NotificationLimits DEFAULT = new NotificationLimits(Limits.EVENT, 1000, 5);

  public NotificationLimits {
    if (records < 1 || envelopes < 0) {
      throw new IllegalArgumentException("no such limits: " + records + ", " + envelopes);
    }
  }
}
