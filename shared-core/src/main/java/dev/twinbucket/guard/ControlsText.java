package dev.twinbucket.guard;

import dev.twinbucket.guard.Controls.Release;
import dev.twinbucket.guard.Controls.Tally;
import dev.twinbucket.guard.Controls.Trip;
import dev.twinbucket.guard.Controls.Window;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonException;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.Limits;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.state.StateException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * The text of a rule's row: one JSON object. A row that cannot be read is an error, never the
 * absence of commands: what an operator stopped must not go on because somebody spoilt a row.
 */
final class ControlsText {
  private static final long FORMAT = 1;

  private ControlsText() {}

  static String write(Controls controls) {
    JsonObject.Builder row = JsonObject.builder().put("v", FORMAT);
    if (!controls.closed().isEmpty()) {
      List<String> sides = controls.closed().stream().sorted().map(ControlsText::spelt).toList();
      row.put("closed", JsonArray.ofStrings(sides));
    }
    controls
        .discardedBefore()
        .ifPresent(before -> row.put("discardedBefore", before.toEpochMilli()));
    controls.release().ifPresent(release -> row.put("release", write(release)));
    if (!controls.trips().isEmpty()) {
      row.put("trips", bySide(controls.trips(), ControlsText::write));
    }
    controls.window().ifPresent(window -> row.put("window", write(window)));
    return Json.write(row.build());
  }

  static Controls read(String text) {
    try {
      JsonObject row =
          Json.parse(text, Limits.EVENT).asObject().orElseThrow(IllegalArgumentException::new);
      if (row.integer("v").orElse(0L) != FORMAT) {
        throw new StateException(
            "a rule's row is of a format that this version does not know", null);
      }
      return new Controls(
          row.array("closed").map(ControlsText::readSides).orElse(Set.of()),
          row.integer("discardedBefore").map(Instant::ofEpochMilli),
          row.object("release").map(ControlsText::readRelease),
          row.object("trips").map(trips -> bySide(trips, ControlsText::readTrip)).orElse(Map.of()),
          row.object("window").map(ControlsText::readWindow));
    } catch (JsonException | IllegalArgumentException e) {
      throw new StateException("a rule's row is damaged", e);
    }
  }

  private static JsonObject write(Release release) {
    JsonObject.Builder object =
        JsonObject.builder().put("id", release.id()).put("until", release.until().toEpochMilli());
    release.left().ifPresent(left -> object.put("left", left));
    return object.build();
  }

  private static Release readRelease(JsonObject release) {
    return new Release(
        required(release.string("id")), instant(release, "until"), count(release, "left"));
  }

  private static JsonObject write(Trip trip) {
    return JsonObject.builder().put("at", trip.at().toEpochMilli()).put("why", trip.why()).build();
  }

  private static Trip readTrip(JsonObject trip) {
    return new Trip(instant(trip, "at"), required(trip.string("why")));
  }

  private static JsonObject write(Window window) {
    return JsonObject.builder()
        .put("id", window.id())
        .put("start", window.start().toEpochMilli())
        .put("tallies", bySide(window.tallies(), ControlsText::write))
        .build();
  }

  private static JsonObject write(Tally tally) {
    JsonObject.Builder object = JsonObject.builder().put("permitted", tally.permitted());
    tally.standing().ifPresent(standing -> object.put("standing", standing));
    return object.build();
  }

  private static Tally readTally(JsonObject tally) {
    return new Tally(required(tally.integer("permitted")), count(tally, "standing"));
  }

  private static Window readWindow(JsonObject window) {
    return new Window(
        required(window.string("id")),
        instant(window, "start"),
        bySide(required(window.object("tallies")), ControlsText::readTally));
  }

  private static <T> JsonObject bySide(Map<SideName, T> values, Function<T, JsonObject> write) {
    JsonObject.Builder object = JsonObject.builder();
    for (SideName side : SideName.values()) {
      if (values.containsKey(side)) {
        object.put(spelt(side), write.apply(values.get(side)));
      }
    }
    return object.build();
  }

  private static <T> Map<SideName, T> bySide(JsonObject object, Function<JsonObject, T> read) {
    Map<SideName, T> values = new EnumMap<>(SideName.class);
    for (String name : object.names()) {
      values.put(side(name), read.apply(required(object.object(name))));
    }
    return values;
  }

  private static Set<SideName> readSides(JsonArray names) {
    Set<SideName> sides = EnumSet.noneOf(SideName.class);
    names.items().forEach(name -> sides.add(side(required(name.asString()))));
    return sides;
  }

  private static String spelt(SideName side) {
    return side.name().toLowerCase(Locale.ROOT);
  }

  private static SideName side(String name) {
    return SideName.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static Instant instant(JsonObject object, String name) {
    return Instant.ofEpochMilli(required(object.integer(name)));
  }

  private static OptionalLong count(JsonObject object, String name) {
    Optional<Long> count = object.integer(name);
    return count.isPresent() ? OptionalLong.of(count.get()) : OptionalLong.empty();
  }

  private static <T> T required(Optional<T> member) {
    return member.orElseThrow(() -> new IllegalArgumentException("a member is missing"));
  }
}
