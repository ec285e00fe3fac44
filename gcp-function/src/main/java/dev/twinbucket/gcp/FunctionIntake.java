package dev.twinbucket.gcp;

import dev.twinbucket.canary.CanaryOperation;
import dev.twinbucket.intake.Allotment;
import dev.twinbucket.intake.Delivery;
import dev.twinbucket.intake.Handled;
import dev.twinbucket.intake.Intake;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.notification.NotificationReader;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * What every function does with what it received.
 *
 * @param reader reads notifications
 * @param intake does the work
 * @param canary sees whether objects arrive
 * @param timeout after which the platform cuts a call off; nothing in the call itself tells
 * @param clock the time
 */
record FunctionIntake(
    NotificationReader reader,
    Intake intake,
    CanaryOperation canary,
    Duration timeout,
    Clock clock) {
  /** Does it. */
  Handled take(Delivery delivery) {
    return intake.take(List.of(delivery), Allotment.of(timeout, clock)).getFirst();
  }

  /** Sends canaries. */
  JsonObject fly(JsonObject payload) {
    return canary.run(payload, Allotment.of(timeout, clock).work());
  }
}
