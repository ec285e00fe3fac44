package dev.twinbucket.outcome;

import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.object.Escaping;
import dev.twinbucket.object.ObjectLocation;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One outcome in words: what a log line says, and what an operator's summary says. Names are
 * escaped; there is nothing of an object's content, nor any credential.
 *
 * @param rule the rule's name, empty if no rule is concerned
 * @param source where what happened had been said to happen, or where it was copied from; {@value
 *     #NO_SOURCE} for a notification that names no place
 * @param event the kind of event in lower case, empty if there is none
 * @param outcome how it ended
 * @param took how long that took
 * @param lag how long after the event's own time it ended, if the event told one
 * @param size how many bytes are still to be brought over, if the event told that and they are
 */
public record OutcomeLine(
    String rule,
    String source,
    String event,
    Outcome outcome,
    Duration took,
    Optional<Duration> lag,
    OptionalLong size) {
  /** The source of a line about a notification that names no place. */
  public static final String NO_SOURCE = "-";

  /** The line for a hint's end under one rule. */
  public static OutcomeLine of(Report report) {
    ObjectEvent event = report.event();
    return new OutcomeLine(
        report.rule(),
        sourceOf(report.outcome()).map(ObjectLocation::toString).orElseGet(() -> place(event)),
        event.type().name().toLowerCase(Locale.ROOT),
        report.outcome(),
        report.took(),
        report.lag(),
        isPending(report.outcome()) && event.size() != ObjectEvent.UNKNOWN_SIZE
            ? OptionalLong.of(event.size())
            : OptionalLong.empty());
  }

  /** The line for a notification that is no hint: one that says nothing, or cannot be read. */
  public static OutcomeLine ofNotification(Outcome outcome) {
    return new OutcomeLine(
        "", NO_SOURCE, "", outcome, Duration.ZERO, Optional.empty(), OptionalLong.empty());
  }

  /** The place that an event names, escaped. */
  public static String place(ObjectEvent event) {
    return event.provider()
        + "://"
        + Escaping.forLog(event.bucket())
        + "/"
        + Escaping.forLog(event.key());
  }

  /** What was written to, if anything was. */
  public Optional<String> destination() {
    return switch (outcome) {
      case Outcome.Copied copied -> Optional.of(copied.destination().toString());
      case Outcome.MetadataUpdated updated -> Optional.of(updated.destination().toString());
      case Outcome.Deleted deleted -> Optional.of(deleted.destination().toString());
      case Outcome.InSync _,
          Outcome.Superseded _,
          Outcome.Deferred _,
          Outcome.Held _,
          Outcome.Quarantined _,
          Outcome.Failed _ ->
          Optional.empty();
    };
  }

  /** How many bytes were copied, if any were. */
  public OptionalLong bytes() {
    return outcome instanceof Outcome.Copied copied
        ? OptionalLong.of(copied.bytes())
        : OptionalLong.empty();
  }

  /** Why it ended so, in lower case with hyphens, for outcomes that have typed reasons. */
  public Optional<String> reason() {
    return switch (outcome) {
      case Outcome.Quarantined quarantined -> Optional.of(spelt(quarantined.reason()));
      case Outcome.Failed failed -> Optional.of(spelt(failed.reason()));
      default -> Optional.empty();
    };
  }

  /** Why it ended so, in words; empty where there is nothing to say. */
  public String detail() {
    String detail =
        switch (outcome) {
          case Outcome.InSync inSync -> inSync.detail();
          case Outcome.Superseded superseded -> superseded.detail();
          case Outcome.Deferred deferred -> deferred.detail();
          case Outcome.Held held -> held.detail();
          case Outcome.Quarantined quarantined -> quarantined.detail();
          case Outcome.Failed failed -> failed.detail();
          case Outcome.Copied _, Outcome.MetadataUpdated _, Outcome.Deleted _ -> "";
        };
    return detail == null ? "" : detail;
  }

  /**
   * How long ago the change was that is still to be brought over, in words of a few classes; empty
   * once it was, and if nobody said when it was made.
   */
  public Optional<String> pendingAge() {
    return isPending(outcome) ? lag.map(OutcomeLine::age) : Optional.empty();
  }

  private static boolean isPending(Outcome outcome) {
    return outcome instanceof Outcome.Failed
        || outcome instanceof Outcome.Held
        || outcome instanceof Outcome.Deferred;
  }

  private static String age(Duration lag) {
    if (lag.compareTo(Duration.ofMinutes(1)) < 0) {
      return "under-1m";
    }
    if (lag.compareTo(Duration.ofMinutes(15)) < 0) {
      return "under-15m";
    }
    if (lag.compareTo(Duration.ofHours(1)) < 0) {
      return "under-1h";
    }
    return lag.compareTo(Duration.ofDays(1)) < 0 ? "under-1d" : "over-1d";
  }

  /** As a JSON object; members that have nothing to say are left out. */
  public JsonObject toJson() {
    return describe(JsonObject.builder()).build();
  }

  JsonObject.Builder describe(JsonObject.Builder line) {
    line.put("outcome", outcome.label());
    putIfAny(line, "rule", rule);
    line.put("source", source);
    destination().ifPresent(place -> line.put("destination", place));
    putIfAny(line, "event", event);
    bytes().ifPresent(count -> line.put("bytes", count));
    if (outcome instanceof Outcome.Copied copied) {
      putIfAny(line, "proof", copied.proof());
    }
    line.put("ms", took.toMillis());
    lag.ifPresent(time -> line.put("lagMs", time.toMillis()));
    pendingAge().ifPresent(age -> line.put("age", age));
    size.ifPresent(count -> line.put("size", count));
    reason().ifPresent(why -> line.put("reason", why));
    putIfAny(line, "detail", detail());
    return line;
  }

  /** As a sentence for people. */
  @Override
  public String toString() {
    return outcome.label()
        + " "
        + source
        + destination().map(place -> " -> " + place).orElse("")
        + reason().map(why -> " (" + why + ")").orElse("")
        + (detail().isEmpty() ? "" : ": " + detail());
  }

  private static Optional<ObjectLocation> sourceOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Copied copied -> Optional.of(copied.source());
      case Outcome.MetadataUpdated updated -> Optional.of(updated.source());
      default -> Optional.empty();
    };
  }

  private static String spelt(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void putIfAny(JsonObject.Builder line, String name, String value) {
    if (!value.isEmpty()) {
      line.put(name, value);
    }
  }
}
