package dev.twinbucket.replication;

import dev.twinbucket.decision.Base;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonException;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonString;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.json.Limits;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.state.StateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text of a row: one JSON object. A row that cannot be read is an error and never the absence
 * of knowledge, since forgetting a base could undo a deletion.
 */
final class KeyStateText {
  private static final long FORMAT = 1;

  private KeyStateText() {}

  static String write(KeyState state, List<Past> past) {
    JsonObject.Builder row = JsonObject.builder().put("v", FORMAT);
    state.base().ifPresent(base -> row.put("base", write(base)));
    state.claim().ifPresent(claim -> row.put("claim", write(claim)));
    if (!state.writers().isEmpty()) {
      List<JsonValue> writers = state.writers().stream().<JsonValue>map(JsonString::new).toList();
      row.put("writers", new JsonArray(writers));
    }
    if (state.lookAgain()) {
      row.put("lookAgain", true);
    }
    if (!past.isEmpty()) {
      row.put("past", new JsonArray(past.stream().<JsonValue>map(KeyStateText::write).toList()));
    }
    return Json.write(row.build());
  }

  /** For operators: what cannot be read is left out. */
  static List<Past> readPast(String text) {
    List<Past> past = new ArrayList<>();
    Json.parse(text, Limits.EVENT).asObject().flatMap(row -> row.array("past")).stream()
        .flatMap(list -> list.items().stream())
        .flatMap(item -> item.asObject().stream())
        .forEach(
            item ->
                item.integer("at")
                    .ifPresent(
                        at ->
                            past.add(
                                new Past(
                                    Instant.ofEpochMilli(at), item.string("end").orElse("")))));
    return past;
  }

  private static JsonObject write(Past past) {
    return JsonObject.builder()
        .put("at", past.at().toEpochMilli())
        .put("end", past.ending())
        .build();
  }

  static KeyState read(String text) {
    try {
      JsonObject row =
          Json.parse(text, Limits.EVENT).asObject().orElseThrow(IllegalArgumentException::new);
      if (row.integer("v").orElse(0L) != FORMAT) {
        throw new StateException(
            "a state row is of a format that this version does not know", null);
      }
      return new KeyState(
          row.object("base").map(KeyStateText::readBase),
          row.object("claim").map(KeyStateText::readClaim),
          row.array("writers").map(KeyStateText::readWriters).orElse(List.of()),
          row.bool("lookAgain").orElse(false));
    } catch (JsonException | IllegalArgumentException e) {
      throw new StateException("a state row is damaged", e);
    }
  }

  private static JsonObject write(Base base) {
    JsonObject.Builder object = JsonObject.builder();
    base.left().ifPresent(version -> object.put("left", version.token()));
    base.right().ifPresent(version -> object.put("right", version.token()));
    return object.build();
  }

  private static Base readBase(JsonObject base) {
    return new Base(
        base.string("left").map(ObjectVersion::parse),
        base.string("right").map(ObjectVersion::parse));
  }

  private static JsonObject write(KeyState.Claim claim) {
    return JsonObject.builder()
        .put("owner", claim.owner())
        .put("until", claim.until().toEpochMilli())
        .put("message", claim.message())
        .build();
  }

  private static KeyState.Claim readClaim(JsonObject claim) {
    return new KeyState.Claim(
        required(claim.string("owner")),
        Instant.ofEpochMilli(required(claim.integer("until"))),
        claim.string("message").orElse(""));
  }

  private static List<String> readWriters(JsonArray writers) {
    return writers.items().stream().map(w -> required(w.asString())).toList();
  }

  private static <T> T required(Optional<T> member) {
    return member.orElseThrow(() -> new IllegalArgumentException("a member is missing"));
  }
}
