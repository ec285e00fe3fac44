package dev.twinbucket.operation;

import dev.twinbucket.guard.ControlBook;
import dev.twinbucket.guard.Controls;
import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.object.Escaping;
import dev.twinbucket.rule.DeleteGuard;
import dev.twinbucket.rule.Direction;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What operators do to whole rules: look at them, switch directions, decide on held deletes. */
public final class RuleOperations {
  private static final long RELEASE_MINUTES = 60;
  private static final long LONGEST_RELEASE_MINUTES = Duration.ofDays(14).toMinutes();
  private static final long LARGEST_COUNT = 1_000_000_000_000L;

  private final List<Rule> rules;
  private final ControlBook book;
  private final Supplier<String> ids;

  /**
   * Operations on these rules.
   *
   * @param book where commands are kept
   * @param ids a unique text each time
   */
  public RuleOperations(List<Rule> rules, ControlBook book, Supplier<String> ids) {
    this.rules = List.copyOf(rules);
    this.book = book;
    this.ids = ids;
  }

  /** By their names. */
  public Map<String, Operation> byName() {
    return Map.of(
        "status", this::status,
        "off", (request, deadline) -> turn(request, deadline, true),
        "on", (request, deadline) -> turn(request, deadline, false),
        "release", this::release,
        "discard", this::discard);
  }

  private JsonObject status(OperationRequest request, Deadline deadline) {
    List<Rule> asked = request.optionalText("rule").map(name -> List.of(find(name))).orElse(rules);
    request.refuseRest();
    Instant now = deadline.clock().instant();
    List<JsonValue> all = new ArrayList<>();
    for (Rule rule : asked) {
      all.add(describe(rule, book.read(rule.name(), now), now));
    }
    return JsonObject.builder().put("rules", new JsonArray(all)).build();
  }

  private JsonObject turn(OperationRequest request, Deadline deadline, boolean shut) {
    Rule rule = ruleOf(request);
    List<SideName> sides = sides(request.optionalText("direction"), rule);
    request.refuseRest();
    return change(
        rule,
        deadline,
        controls -> {
          Controls next = controls;
          for (SideName to : sides) {
            next = next.withClosed(to, shut);
          }
          return next;
        });
  }

  private JsonObject release(OperationRequest request, Deadline deadline) {
    Rule rule = ruleOf(request);
    long minutes =
        request.optionalCount("minutes", 1, LONGEST_RELEASE_MINUTES).orElse(RELEASE_MINUTES);
    OptionalLong count = request.optionalCount("count", 1, LARGEST_COUNT);
    request.refuseRest();
    Instant until = deadline.clock().instant().plus(Duration.ofMinutes(minutes));
    String id = ids.get();
    return change(
        rule, deadline, controls -> controls.released(new Controls.Release(id, until, count)));
  }

  private JsonObject discard(OperationRequest request, Deadline deadline) {
    Rule rule = ruleOf(request);
    request.refuseRest();
    Instant before = deadline.clock().instant();
    return change(rule, deadline, controls -> controls.discarded(before));
  }

  private JsonObject change(Rule rule, Deadline deadline, UnaryOperator<Controls> change) {
    Instant now = deadline.clock().instant();
    return describe(rule, book.change(rule.name(), now, change), now);
  }

  /** The rule that is named, or the only one that there is. */
  private Rule ruleOf(OperationRequest request) {
    Optional<String> name = request.optionalText("rule");
    if (name.isEmpty() && rules.size() == 1) {
      return rules.getFirst();
    }
    return find(
        name.orElseThrow(() -> new OperationException("rule is missing, one of " + names())));
  }

  private Rule find(String name) {
    return rules.stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new OperationException(
                    "there is no rule " + Escaping.forLog(name) + ", only " + names()));
  }

  private String names() {
    return String.join(", ", rules.stream().map(Rule::name).toList());
  }

  /** The sides that are written to. */
  private static List<SideName> sides(Optional<String> direction, Rule rule) {
    if (direction.isEmpty()) {
      return written(rule);
    }
    SideName to =
        switch (direction.get()) {
          case "left-to-right" -> SideName.RIGHT;
          case "right-to-left" -> SideName.LEFT;
          default ->
              throw new OperationException("direction has to be left-to-right or right-to-left");
        };
    if (!written(rule).contains(to)) {
      throw new OperationException("the rule " + rule.name() + " does not copy " + direction.get());
    }
    return List.of(to);
  }

  private static List<SideName> written(Rule rule) {
    return switch (rule.direction()) {
      case LEFT_TO_RIGHT -> List.of(SideName.RIGHT);
      case RIGHT_TO_LEFT -> List.of(SideName.LEFT);
      case TWO_WAY -> List.of(SideName.RIGHT, SideName.LEFT);
    };
  }

  private static JsonObject describe(Rule rule, Controls controls, Instant now) {
    JsonObject.Builder directions = JsonObject.builder();
    JsonObject.Builder deletes = JsonObject.builder();
    for (SideName to : written(rule)) {
      directions.put(
          spelt(to == SideName.RIGHT ? Direction.LEFT_TO_RIGHT : Direction.RIGHT_TO_LEFT),
          controls.isClosed(to) ? "off" : "on");
      deletes.put("on the " + spelt(to), deletes(rule, controls, to, now));
    }
    JsonObject.Builder json =
        JsonObject.builder()
            .put("rule", rule.name())
            .put("left", rule.left().toString())
            .put("right", rule.right().toString())
            .put("mode", spelt(rule.mode()))
            .put("directions", directions.build())
            .put("deletes", deletes.build());
    controls
        .releaseAt(now)
        .ifPresent(
            release -> {
              JsonObject.Builder permission =
                  JsonObject.builder().put("until", release.until().toString());
              release.left().ifPresent(left -> permission.put("left", left));
              json.put("released", permission.build());
            });
    controls.discardAt(now).ifPresent(before -> json.put("discardedBefore", before.toString()));
    return json.build();
  }

  private static JsonObject deletes(Rule rule, Controls controls, SideName side, Instant now) {
    DeleteGuard guard = rule.guard();
    JsonObject.Builder json = JsonObject.builder();
    if (!guard.enabled()) {
      return json.put("state", "not guarded").build();
    }
    Controls.Trip trip = controls.trips().get(side);
    if (controls.releaseAt(now).isPresent()) {
      json.put("state", "released");
    } else if (trip != null) {
      json.put("state", "held").put("since", trip.at().toString()).put("why", trip.why());
    } else {
      json.put("state", "guarded");
    }
    controls
        .window()
        .filter(window -> now.isBefore(window.start().plus(guard.window())))
        .filter(window -> window.tallies().containsKey(side))
        .ifPresent(
            window -> {
              Controls.Tally tally = window.tally(side);
              json.put("reserved", tally.permitted())
                  .put("windowEnds", window.start().plus(guard.window()).toString());
              json.put(
                  "atMost",
                  tally.standing().isPresent()
                      ? guard.allowedOf(tally.standing().getAsLong())
                      : guard.count());
            });
    return json.build();
  }

  private static String spelt(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
