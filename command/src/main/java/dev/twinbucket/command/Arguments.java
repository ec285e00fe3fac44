package dev.twinbucket.command;

import dev.twinbucket.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was typed.
 *
 * @param request the operation's request; a place is still written as it was typed
 * @param place what to explain, if that was asked for
 * @param json whether the answer is to be JSON
 */
record Arguments(JsonObject request, Optional<Place> place, boolean json) {
  private static final Set<String> ON_DIRECTIONS = Set.of("on", "off");
  private static final Set<String> ON_RULES =
      Set.of("status", "release", "discard", "on", "off", "reconcile", "sweep");

  /** A place as {@code store://bucket/key}; the key is taken exactly as it was typed. */
  record Place(String store, String bucket, String key) {
    static Optional<Place> parse(String text) {
      int scheme = text.indexOf("://");
      int slash = scheme < 0 ? -1 : text.indexOf('/', scheme + 3);
      if (scheme < 1 || slash < scheme + 4 || slash == text.length() - 1) {
        return Optional.empty();
      }
      return Optional.of(
          new Place(
              text.substring(0, scheme),
              text.substring(scheme + 3, slash),
              text.substring(slash + 1)));
    }
  }

  /** The call cannot be followed; the message says why. */
  static final class WrongCallException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongCallException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Reads them.
   *
   * @throws WrongCallException if they make no sense
   */
  static Arguments parse(List<String> typed) {
    List<String> words = new ArrayList<>(typed);
    boolean json = words.remove("--json");
    if (words.isEmpty()) {
      throw new WrongCallException("what is to be done?");
    }
    String operation = words.removeFirst();
    JsonObject.Builder request = JsonObject.builder().put("twinbucket", operation);
    if (operation.equals("explain")) {
      if (words.size() != 1) {
        throw new WrongCallException("explain takes one place, such as s3://BUCKET/KEY");
      }
      Place place =
          Place.parse(words.getFirst())
              .orElseThrow(
                  () ->
                      new WrongCallException(
                          "a place is STORE://BUCKET/KEY, in quotes if need be"));
      return new Arguments(request.build(), Optional.of(place), json);
    }
    if (!ON_RULES.contains(operation)) {
      throw new WrongCallException("there is no " + operation);
    }
    if (operation.equals("release")) {
      for (Map.Entry<String, String> limit :
          Map.of("--minutes", "minutes", "--count", "count").entrySet()) {
        number(words, limit.getKey()).ifPresent(number -> request.put(limit.getValue(), number));
      }
    }
    if (operation.equals("reconcile")) {
      option(words, "--from").ifPresent(token -> request.put("from", token));
    }
    if (operation.equals("sweep")) {
      number(words, "--hours").ifPresent(hours -> request.put("hours", hours));
    }
    for (String word : words) {
      if (word.startsWith("--")) {
        throw new WrongCallException(operation + " knows no " + word);
      }
    }
    if (words.size() > (ON_DIRECTIONS.contains(operation) ? 2 : 1)) {
      throw new WrongCallException("too much: " + words.getLast());
    }
    if (words.isEmpty() && !operation.equals("status")) {
      throw new WrongCallException(operation + " takes the name of a rule");
    }
    if (!words.isEmpty()) {
      request.put("rule", words.getFirst());
    }
    if (words.size() > 1) {
      request.put("direction", words.get(1));
    }
    return new Arguments(request.build(), Optional.empty(), json);
  }

  /** The request, for stores of these kinds. */
  JsonObject request(Map<String, String> providers) {
    if (place.isEmpty()) {
      return request;
    }
    String provider = providers.get(place.get().store());
    if (provider == null) {
      throw new WrongCallException("no rule knows a store " + place.get().store());
    }
    return JsonObject.builder()
        .put("twinbucket", "explain")
        .put("provider", provider)
        .put("bucket", place.get().bucket())
        .put("key", place.get().key())
        .build();
  }

  private static Optional<Long> number(List<String> words, String name) {
    Optional<String> number = option(words, name);
    try {
      return number.map(Long::valueOf);
    } catch (NumberFormatException e) {
      throw new WrongCallException(name + " needs a number, not " + number.orElseThrow());
    }
  }

  private static Optional<String> option(List<String> words, String name) {
    int at = words.indexOf(name);
    if (at < 0) {
      return Optional.empty();
    }
    words.remove(at);
    if (at == words.size()) {
      throw new WrongCallException(name + " needs a value");
    }
    return Optional.of(words.remove(at));
  }
}
