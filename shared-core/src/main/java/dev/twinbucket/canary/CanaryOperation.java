package dev.twinbucket.canary;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.operation.Operation;
import dev.twinbucket.operation.OperationException;
import dev.twinbucket.operation.OperationRequest;
import dev.twinbucket.outcome.LogFormat;
import dev.twinbucket.settings.LogLevel;
import dev.twinbucket.time.Deadline;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What a schedule asks for: one line of JSON and, on CloudWatch, two metrics for each canary, and
 * an answer with all of them.
 *
 * <p>The metric {@code CanaryFailed} is 1 or 0, {@code CanaryMilliseconds} the time that the object
 * took; both by rule and by side.
 */
public final class CanaryOperation implements Operation {
  /** The operation's name. */
  public static final String NAME = "canary";

  /** How long an object, and its deletion, may take if the payload does not say it in seconds. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long LONGEST = 400;

  /** So much time is kept for the canary's own requests. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private final Canary canary;
  private final LogFormat format;
  private final Clock clock;
  private final Consumer<String> lines;

  /**
   * The operation.
   *
   * @param format for whom the lines are
   * @param clock for the metrics' timestamps
   * @param lines takes each line
   */
  public CanaryOperation(Canary canary, LogFormat format, Clock clock, Consumer<String> lines) {
    this.canary = canary;
    this.format = format;
    this.clock = clock;
    this.lines = lines;
  }

  /**
   * Sends the canaries.
   *
   * @param request may say in {@code seconds} how long they may take, 1 to 400
   * @param deadline until when; a patience that does not fit is shortened
   * @return {@code canaries}, each with how it fared, and {@code alarming}, how many of them
   *     somebody should look at
   */
  @Override
  public JsonObject run(OperationRequest request, Deadline deadline) {
    OptionalLong seconds = request.optionalCount("seconds", 1, LONGEST);
    request.refuseRest();
    Duration patience = seconds.isPresent() ? Duration.ofSeconds(seconds.getAsLong()) : PATIENCE;
    Duration most = deadline.remaining().minus(MARGIN).dividedBy(2);
    if (most.isNegative() || most.isZero()) {
      throw new OperationException("no time is left for a canary");
    }
    List<Flight> flights = canary.fly(patience.compareTo(most) > 0 ? most : patience);
    List<JsonValue> canaries = new ArrayList<>();
    for (Flight flight : flights) {
      lines.accept(Json.write(line(flight)));
      canaries.add(flight.toJson());
    }
    return JsonObject.builder()
        .put("canaries", new JsonArray(canaries))
        .put("alarming", flights.stream().filter(flight -> flight.end().isAlarming()).count())
        .build();
  }

  private JsonObject line(Flight flight) {
    LogLevel level = flight.end().isAlarming() ? LogLevel.ERROR : LogLevel.INFO;
    JsonObject.Builder json = JsonObject.builder();
    if (format == LogFormat.GOOGLE) {
      json.put("severity", level.name());
      json.put("message", "canary " + flight.end().label() + " " + flight.object());
    } else {
      json.put("level", level.name().toLowerCase(Locale.ROOT));
    }
    flight.toJson().members().forEach(json::put);
    if (flight.end() != Flight.End.NOT_COVERED) {
      json.put("CanaryFailed", flight.end().isAlarming() ? 1 : 0);
      flight.arrived().ifPresent(time -> json.put("CanaryMilliseconds", time.toMillis()));
      if (format == LogFormat.CLOUDWATCH) {
        json.put("_aws", metrics(flight));
      }
    }
    return json.build();
  }

  private JsonObject metrics(Flight flight) {
    List<JsonValue> metrics = new ArrayList<>();
    metrics.add(metric("CanaryFailed", "Count"));
    if (flight.arrived().isPresent()) {
      metrics.add(metric("CanaryMilliseconds", "Milliseconds"));
    }
    JsonObject directive =
        JsonObject.builder()
            .put("Namespace", "Twinbucket")
            .put("Dimensions", JsonArray.of(JsonArray.ofStrings(List.of("rule", "from"))))
            .put("Metrics", new JsonArray(metrics))
            .build();
    return JsonObject.builder()
        .put("Timestamp", clock.millis())
        .put("CloudWatchMetrics", JsonArray.of(directive))
        .build();
  }

  private static JsonObject metric(String name, String unit) {
    return JsonObject.builder().put("Name", name).put("Unit", unit).build();
  }
}
