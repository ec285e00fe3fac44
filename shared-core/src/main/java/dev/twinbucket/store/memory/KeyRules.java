package dev.twinbucket.store.memory;

import dev.twinbucket.object.Escaping;
import dev.twinbucket.store.StoreException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Which names an object can have. */
final class KeyRules {
  private static final int LONGEST = 1024;
  private static final String CHALLENGE = ".well-known/acme-challenge/";

  private KeyRules() {}

  /**
   * Refuses what the flavour's cloud refuses. S3 takes any UTF-8 of at most 1,024 bytes; GCS has
   * more rules ("Object naming guidelines" of its documentation).
   */
  static void check(Flavour flavour, String key) {
    if (length(key) > LONGEST) {
      throw refusal(key, "has more than 1,024 bytes");
    }
    if (!flavour.isGoogle()) {
      return;
    }
    if (key.indexOf('\r') >= 0 || key.indexOf('\n') >= 0) {
      throw refusal(key, "holds a line break");
    }
    if (key.equals(".") || key.equals("..")) {
      throw refusal(key, "is reserved");
    }
    if (key.startsWith(CHALLENGE)) {
      throw refusal(key, "begins with " + CHALLENGE);
    }
  }

  private static int length(String key) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(key)).remaining();
    } catch (CharacterCodingException e) {
      throw refusal(key, "has no UTF-8 form");
    }
  }

  private static StoreException refusal(String key, String why) {
    return new StoreException.InvalidRequest(
        StoreException.InvalidRequest.Kind.KEY, "the name " + Escaping.forLog(key) + " " + why);
  }
}
