package dev.twinbucket.gcp;

import com.google.cloud.functions.Context;
import com.google.cloud.functions.RawBackgroundFunction;
import dev.twinbucket.intake.Delivery;
import dev.twinbucket.intake.Handled;
import dev.twinbucket.intake.NotDoneException;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonException;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.json.Limits;
import dev.twinbucket.notification.Reading;
import java.util.List;
import java.util.Optional;

/**
 * The function for first-generation events. It returns once the event is used up, and throws if it
 * has to come back; it does if the function is deployed with retries.
 *
 * @see <a href="https://cloud.google.com/functions/1stgendocs/bestpractices/retries">Retrying
 *     event-driven functions</a>
 */
public final class BackgroundReplicationFunction implements RawBackgroundFunction {
  private final FunctionIntake functions;

  /**
   * Reads the environment, once.
   *
   * @throws RuntimeException if the configuration is wrong; its message names every error
   */
  public BackgroundReplicationFunction() {
    this(FunctionWiring.start(System.getenv()));
  }

  BackgroundReplicationFunction(FunctionIntake functions) {
    this.functions = functions;
  }

  @Override
  public void accept(String data, Context context) {
    List<Reading> readings;
    String payload;
    try {
      JsonValue json = Json.parse(data, Limits.EVENT);
      JsonObject.Builder event = JsonObject.builder().put("data", json);
      Optional.ofNullable(context.eventType()).ifPresent(type -> event.put("eventType", type));
      Optional.ofNullable(context.timestamp()).ifPresent(time -> event.put("timestamp", time));
      JsonObject whole = event.build();
      payload = Json.write(whole);
      readings = functions.reader().read(whole);
    } catch (JsonException e) {
      payload = data;
      readings = List.of(new Reading.Unreadable("JSON", e.getMessage()));
    }
    // Whether the function is deployed with retries, nothing tells.
    Handled handled = functions.take(new Delivery("", payload, readings));
    if (!handled.isDone()) {
      throw new NotDoneException(handled);
    }
  }
}
