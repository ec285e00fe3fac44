package dev.twinbucket.gcp;

import com.google.cloud.functions.CloudEventsFunction;
import dev.twinbucket.intake.Handled;
import dev.twinbucket.intake.NotDoneException;
import io.cloudevents.CloudEvent;

/**
 * The function for Eventarc: object events of Cloud Storage, and Pub/Sub messages in CloudEvents.
 * It returns once the event is used up, and throws if it has to come back: Eventarc then delivers
 * it again.
 *
 * @see <a href="https://cloud.google.com/eventarc/docs/retry-events">Retry events</a>
 */
public final class ReplicationFunction implements CloudEventsFunction {
  private final FunctionIntake functions;

  /**
   * Reads the environment, once.
   *
   * @throws RuntimeException if the configuration is wrong; its message names every error
   */
  public ReplicationFunction() {
    this(FunctionWiring.start(System.getenv()));
  }

  ReplicationFunction(FunctionIntake functions) {
    this.functions = functions;
  }

  @Override
  public void accept(CloudEvent event) {
    ReceivedCloudEvent received = ReceivedCloudEvent.of(event);
    Handled handled = functions.take(received.delivery(functions.reader()));
    if (!handled.isDone()) {
      throw new NotDoneException(handled);
    }
  }
}
