package dev.twinbucket.reconcile;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonException;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.json.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * How far a run has come, so that another can go on from there.
 *
 * @param leftPage the continuation of the page of the left side's listing to begin with
 * @param rightPage the same of the right side's
 * @param after every name up to this one has been looked at
 * @param oneSideEmpty one side listed nothing at all, so that nothing is deleted in this run
 */
public record Position(String leftPage, String rightPage, String after, boolean oneSideEmpty) {
  /** Before everything. */
  public static final Position START = new Position("", "", "", false);

  private static final Limits LIMITS = new Limits(64 * 1024, 2);

  /** One word of letters, digits, {@code -} and {@code _}. */
  public String token() {
    JsonObject json =
        JsonObject.builder()
            .put("l", leftPage)
            .put("r", rightPage)
            .put("a", after)
            .put("e", oneSideEmpty)
            .build();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.write(json).getBytes(StandardCharsets.US_ASCII));
  }

  /** Reads a token back; empty if it is none. */
  public static Optional<Position> parse(String token) {
    try {
      JsonValue json = Json.parse(Base64.getUrlDecoder().decode(token), LIMITS);
      return json.asObject().flatMap(Position::read);
    } catch (JsonException | IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  Position withOneSideEmpty() {
    return new Position(leftPage, rightPage, after, true);
  }

  private static Optional<Position> read(JsonObject json) {
    Optional<String> left = json.string("l");
    Optional<String> right = json.string("r");
    Optional<String> after = json.string("a");
    Optional<Boolean> empty = json.bool("e");
    return left.isPresent() && right.isPresent() && after.isPresent() && empty.isPresent()
        ? Optional.of(new Position(left.get(), right.get(), after.get(), empty.get()))
        : Optional.empty();
  }
}
