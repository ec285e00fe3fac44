package dev.twinbucket.replication;

import dev.twinbucket.decision.Base;
import dev.twinbucket.decision.Decision;
import dev.twinbucket.decision.OneWayDecision;
import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.guard.RuleGuard;
import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonString;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.Escaping;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.outcome.OutcomeLine;
import dev.twinbucket.rule.DeletePolicy;
import dev.twinbucket.rule.Direction;
import dev.twinbucket.rule.RuleSet;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known of one name, and what would be decided about it now, in words. It looks, reads
 * rows, and decides by the very functions that replication decides by; it writes nothing.
 */
final class KeyExplanation {
  private final Work work;
  private final Sight sight;
  private final KeyLedger ledger;
  private final RuleGuard guard;
  private final JsonObject.Builder said = JsonObject.builder();

  KeyExplanation(Work work, Sight sight, KeyLedger ledger, RuleGuard guard) {
    this.work = work;
    this.sight = sight;
    this.ledger = ledger;
    this.guard = guard;
  }

  JsonObject explain() {
    said.put("rule", work.rule().name())
        .put("direction", spelt(work.rule().direction()))
        .put("mode", spelt(work.rule().mode()))
        .put("name", Escaping.forLog(work.name()));
    List<Past> past = List.of();
    boolean twoWay = work.rule().direction() == Direction.TWO_WAY;
    KeyState state = KeyState.UNKNOWN;
    if (twoWay) {
      KeyLedger.Entry entry = ledger.read(work.rule(), work.name());
      state = entry.state();
      said.put("remembered", describe(state));
      past = entry.past();
    }
    Optional<Pair> pair = look();
    if (pair.isPresent()) {
      describe("left", pair.get().left().object(), SideName.LEFT);
      describe("right", pair.get().right().object(), SideName.RIGHT);
      said.put("decisions", decisions(state, pair.get()));
    }
    said.put("lastOutcomes", lastOutcomes(past));
    return said.build();
  }

  private Optional<Pair> look() {
    try {
      return Optional.of(Pair.observe(sight, work));
    } catch (StoreException e) {
      said.put("undecided", "a side could not be looked at: " + e.getMessage());
      return Optional.empty();
    }
  }

  private JsonObject describe(KeyState state) {
    JsonObject.Builder json = JsonObject.builder();
    if (state.isUnknown()) {
      return json.put("nothing", "no base, no claim: nothing was ever settled, or it is forgotten")
          .build();
    }
    state.base().ifPresent(base -> json.put("base", describe(base)));
    if (!state.writers().isEmpty()) {
      json.put("unsettledWriters", JsonArray.ofStrings(state.writers()));
    }
    state
        .claim()
        .ifPresent(
            claim ->
                json.put(
                    "claim",
                    JsonObject.builder()
                        .put("owner", claim.owner())
                        .put("until", claim.until().toString())
                        .put("message", Escaping.forLog(claim.message()))
                        .put("holds", state.isClaimedAt(now()))
                        .build()));
    if (state.lookAgain()) {
      json.put("lookAgain", true);
    }
    return json.build();
  }

  private static JsonObject describe(Base base) {
    return JsonObject.builder()
        .put("left", base.left().map(Object::toString).orElse("absent"))
        .put("right", base.right().map(Object::toString).orElse("absent"))
        .build();
  }

  private void describe(String side, Optional<ObjectSnapshot> seen, SideName which) {
    JsonObject.Builder json = JsonObject.builder().put("place", work.at(which).toString());
    if (seen.isEmpty()) {
      said.put(side, json.put("absent", true).build());
      return;
    }
    ObjectSnapshot object = seen.get();
    json.put("version", object.version().toString())
        .put("size", object.size())
        .put("modified", object.modified().toString())
        .put("crc32c", object.crc().map(Crc32c::toString).orElse("not kept by the store"))
        .put("storageClass", object.storageClass());
    if (!object.readable()) {
      json.put("archived", true);
    }
    json.put("stamp", stamp(object, work.at(which.other())));
    said.put(side, json.build());
  }

  private static JsonObject stamp(ObjectSnapshot object, ObjectLocation counterpart) {
    JsonObject.Builder json = JsonObject.builder();
    if (object.provenance().isEmpty()) {
      return json.put("proves", "nothing: there is none, so a user wrote this").build();
    }
    Provenance stamp = object.provenance().get();
    json.put("madeFrom", stamp.version().toString()).put("writeId", stamp.writeId());
    String proves;
    if (!stamp.names(counterpart)) {
      proves = "nothing here: it names another object than the counterpart; a user copied this";
    } else if (object.crc().isEmpty()) {
      proves = "nothing yet: the store keeps no checksum, so the bytes would have to be read";
    } else if (!stamp.crc().equals(object.crc().get())) {
      proves = "nothing: the bytes are not those that it was written with";
    } else if (!stamp.attributes().equals(object.attributes().digest())) {
      proves = "written by Twinbucket from that version; its attributes were changed since";
    } else {
      proves = "written by Twinbucket from that version, and untouched since";
    }
    return json.put("proves", proves).build();
  }

  /** As a look decides, and as the notification of a deletion does where that is another thing. */
  private JsonArray decisions(KeyState state, Pair pair) {
    List<JsonValue> all = new ArrayList<>();
    Decision looked = decide(state, pair, work);
    all.add(describe("a look", looked));
    for (SideName side : SideName.values()) {
      if (pair.side(side).object().isEmpty() && work.rule().direction().copiesFrom(side)) {
        Decision removed = decide(state, pair, removalOn(side));
        if (!removed.equals(looked)) {
          all.add(
              describe(
                  "the notification of a deletion on the " + side.name().toLowerCase(Locale.ROOT),
                  removed));
        }
      }
    }
    return new JsonArray(all);
  }

  private Work removalOn(SideName side) {
    ObjectEvent event =
        ObjectEvent.look(
            work.event().provider(), work.event().bucket(), work.event().key(), EventType.DELETED);
    return new Work(new RuleSet.Match(work.rule(), side, work.name()), event, work.invocation());
  }

  private static Decision decide(KeyState state, Pair pair, Work work) {
    if (work.rule().direction() == Direction.TWO_WAY) {
      return TwoWayReplication.decide(work, state, pair);
    }
    SideName from =
        work.rule().direction() == Direction.LEFT_TO_RIGHT ? SideName.LEFT : SideName.RIGHT;
    return OneWayDecision.decide(
        from,
        pair.side(from),
        pair.side(from.other()),
        work.rule().foreign(),
        work.deletes().orElse(DeletePolicy.KEEP));
  }

  private JsonObject describe(String hint, Decision decision) {
    JsonObject.Builder json =
        JsonObject.builder().put("hint", hint).put("decision", words(decision));
    stop(decision).ifPresent(why -> json.put("butNot", why));
    return json.build();
  }

  private String words(Decision decision) {
    return switch (decision) {
      case Decision.Copy copy ->
          "copy %s to %s%s%s"
              .formatted(
                  copy.source().location(),
                  work.at(copy.from().other()),
                  copy.replaced().isPresent() ? ", over what stands there" : "",
                  copy.keepReplaced() ? ", which lost a conflict and is kept" : "");
      case Decision.UpdateAttributes update ->
          "bring the attributes and the stamp of %s in line; the bytes are equal"
              .formatted(update.target().location());
      case Decision.Delete delete ->
          "delete %s: its counterpart is gone".formatted(delete.target().location());
      case Decision.Adopt(Base base, String why) ->
          "write nothing but the base (%s, %s): %s"
              .formatted(
                  base.left().isPresent() ? "left as it is" : "left absent",
                  base.right().isPresent() ? "right as it is" : "right absent",
                  why);
      case Decision.Read(_, ObjectSnapshot object) ->
          "read %s to learn its checksum, then decide".formatted(object.location());
      case Decision.AwaitRestore(ObjectSnapshot source) ->
          "wait until %s is restored from its archive".formatted(source.location());
      case Decision.InSync(String why) -> "nothing: " + why;
      case Decision.Leave(String why) -> "nothing: " + why;
    };
  }

  private Optional<String> stop(Decision decision) {
    if (!Steps.writes(decision)) {
      return Optional.empty();
    }
    return switch (work.rule().mode()) {
      case OFF -> Optional.of("the rule's mode is off");
      case SHADOW -> Optional.of("the rule's mode is shadow: it would only be reported");
      case LIVE ->
          switch (decision) {
            case Decision.Copy copy ->
                guard.foresee(work.rule(), copy.from().other(), false, now());
            case Decision.UpdateAttributes update ->
                guard.foresee(work.rule(), update.from().other(), false, now());
            case Decision.Delete delete -> guard.foresee(work.rule(), delete.at(), true, now());
            default -> Optional.empty();
          };
    };
  }

  /** What the row tells, and where the log has all of them: an echo must not cost a write. */
  private JsonObject lastOutcomes(List<Past> past) {
    String here = OutcomeLine.place(work.event());
    List<String> places = new ArrayList<>(List.of(here));
    for (SideName side : SideName.values()) {
      String place = work.at(side).toString();
      if (!places.contains(place)) {
        places.add(place);
      }
    }
    List<String> quoted = places.stream().map(place -> "\"" + escape(place) + "\"").toList();
    String any = String.join(" OR ", quoted);
    List<JsonValue> settled = new ArrayList<>();
    for (Past one : past.reversed()) {
      settled.add(new JsonString(one.at() + " " + one.ending()));
    }
    return JsonObject.builder()
        .put("settled", new JsonArray(settled))
        .put(
            "cloudWatchLogsInsights",
            "filter source in [%s] or destination in [%1$s] | sort @timestamp desc | limit 20"
                .formatted(String.join(", ", quoted)))
        .put(
            "cloudLogging",
            "jsonPayload.source=(%s) OR jsonPayload.destination=(%1$s)".formatted(any))
        .build();
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String spelt(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Instant now() {
    return work.invocation().deadline().clock().instant();
  }
}
