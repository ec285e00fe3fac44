package dev.twinbucket.outcome;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.settings.LogLevel;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Writes outcomes as lines of JSON, in ASCII, one object a line. Safe for use by several threads as
 * far as the place that takes the lines is.
 */
public final class OutcomeLog {
  private static final String NAMESPACE = "Twinbucket";

  private final LogFormat format;
  private final LogLevel least;
  private final Clock clock;
  private final Consumer<String> lines;

  /**
   * A log.
   *
   * @param format for whom the lines are
   * @param least the least serious level that is written
   * @param clock for the metrics' timestamps
   * @param lines takes each line, without a line break
   */
  public OutcomeLog(LogFormat format, LogLevel least, Clock clock, Consumer<String> lines) {
    this.format = format;
    this.least = least;
    this.clock = clock;
    this.lines = lines;
  }

  /** Writes one outcome, if its level is to be written. */
  public void write(OutcomeLine line) {
    LogLevel level = levelOf(line.outcome());
    if (level.compareTo(least) <= 0) {
      JsonObject.Builder json = line.describe(start(level, line.toString()));
      if (format == LogFormat.CLOUDWATCH) {
        embedMetrics(json, line);
      }
      lines.accept(Json.write(json.build()));
    }
  }

  /**
   * Writes how far a large copy is.
   *
   * @param what members that say so
   * @param sentence the same for people
   */
  public void progress(JsonObject what, String sentence) {
    if (LogLevel.INFO.compareTo(least) <= 0) {
      JsonObject.Builder json = start(LogLevel.INFO, sentence);
      what.members().forEach(json::put);
      lines.accept(Json.write(json.build()));
    }
  }

  /**
   * Writes that a quarantined hint is not in safe keeping.
   *
   * @param line the hint's end
   * @param why what went wrong with its dead letter
   */
  public void deadLetterFailed(OutcomeLine line, String why) {
    String message = "the dead letter was not put, the message is not acknowledged: " + why;
    lines.accept(
        Json.write(
            start(LogLevel.ERROR, message)
                .put("error", "dead-letter")
                .put("source", line.source())
                .put("detail", message)
                .build()));
  }

  private static LogLevel levelOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Quarantined _ -> LogLevel.ERROR;
      case Outcome.Failed _, Outcome.Held _ -> LogLevel.WARN;
      case Outcome.Copied _,
          Outcome.MetadataUpdated _,
          Outcome.Deleted _,
          Outcome.InSync _,
          Outcome.Superseded _,
          Outcome.Deferred _ ->
          LogLevel.INFO;
    };
  }

  private JsonObject.Builder start(LogLevel level, String message) {
    JsonObject.Builder json = JsonObject.builder();
    return format == LogFormat.GOOGLE
        ? json.put("severity", severity(level)).put("message", message)
        : json.put("level", level.name().toLowerCase(Locale.ROOT));
  }

  private static String severity(LogLevel level) {
    return switch (level) {
      case ERROR -> "ERROR";
      case WARN -> "WARNING";
      case INFO -> "INFO";
      case DEBUG -> "DEBUG";
    };
  }

  /** Metrics by outcome, and by rule where there is one; a dimension's value is never empty. */
  private void embedMetrics(JsonObject.Builder json, OutcomeLine line) {
    List<JsonValue> metrics = new ArrayList<>();
    metrics.add(metric("Outcomes", "Count"));
    json.put("Outcomes", 1);
    line.bytes()
        .ifPresent(
            bytes -> {
              metrics.add(metric("Bytes", "Bytes"));
              json.put("Bytes", bytes);
            });
    // Only of what was brought over: the age of a hint that called for nothing says nothing.
    line.lag()
        .filter(lag -> line.destination().isPresent() && !lag.isNegative())
        .ifPresent(
            lag -> {
              metrics.add(metric("LagMilliseconds", "Milliseconds"));
              json.put("LagMilliseconds", lag.toMillis());
            });
    String rule = line.rule().isEmpty() ? "" : "rule";
    List<JsonValue> directives = new ArrayList<>();
    directives.add(directive(metrics, "outcome", rule));
    line.reason()
        .ifPresent(
            _ -> directives.add(directive(List.of(metric("Outcomes", "Count")), "reason", rule)));
    line.pendingAge()
        .ifPresent(
            _ -> {
              List<JsonValue> pending = new ArrayList<>();
              json.put("Pending", 1);
              pending.add(metric("Pending", "Count"));
              line.size()
                  .ifPresent(
                      bytes -> {
                        json.put("PendingBytes", bytes);
                        pending.add(metric("PendingBytes", "Bytes"));
                      });
              directives.add(directive(pending, "age", rule));
            });
    json.put(
        "_aws",
        JsonObject.builder()
            .put("Timestamp", clock.millis())
            .put("CloudWatchMetrics", new JsonArray(directives))
            .build());
  }

  private static JsonObject directive(List<JsonValue> metrics, String dimension, String rule) {
    List<String> dimensions = rule.isEmpty() ? List.of(dimension) : List.of(dimension, rule);
    return JsonObject.builder()
        .put("Namespace", NAMESPACE)
        .put("Dimensions", JsonArray.of(JsonArray.ofStrings(dimensions)))
        .put("Metrics", new JsonArray(metrics))
        .build();
  }

  private static JsonObject metric(String name, String unit) {
    return JsonObject.builder().put("Name", name).put("Unit", unit).build();
  }
}
