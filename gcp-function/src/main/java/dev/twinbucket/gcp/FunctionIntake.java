package dev.twinbucket.gcp;

import dev.twinbucket.intake.Allotment;
import dev.twinbucket.intake.Delivery;
import dev.twinbucket.intake.Handled;
import dev.twinbucket.intake.Intake;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.notification.NotificationReader;
import dev.twinbucket.operation.OperationAnswer;
import dev.twinbucket.operation.Operations;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What every function does with what it received.
 *
 * @param reader reads notifications
 * @param intake does the work
 * @param operations does what operators ask for
 * @param timeout after which the platform cuts a call off; nothing in the call itself tells
 * @param clock the time
 */
record FunctionIntake(
    NotificationReader reader,
    Intake intake,
    Operations operations,
    Duration timeout,
    Clock clock) {
  /** Does it. */
  Handled take(Delivery delivery) {
    return intake.take(List.of(delivery), Allotment.of(timeout, clock)).getFirst();
  }

  /** What an operator asked for, or empty if it is nothing of that kind. */
  Optional<OperationAnswer> operate(JsonValue payload) {
    return operations.answer(payload, Allotment.of(timeout, clock).work());
  }
}
