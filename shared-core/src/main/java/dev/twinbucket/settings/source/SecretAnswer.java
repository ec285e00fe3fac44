package dev.twinbucket.settings.source;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonException;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.json.Limits;
import dev.twinbucket.settings.DocumentException;
import dev.twinbucket.settings.DocumentSource;
import java.io.IOException;
import java.io.InputStream;

/** Reads what a secret manager answered. No message ever holds any of it. */
final class SecretAnswer {
  /** A secret in base64 with some room around it. */
  private static final int LARGEST = 2 * DocumentSource.LARGEST;

  private static final Limits LIMITS = new Limits(LARGEST, 8);

  private SecretAnswer() {}

  static JsonObject read(InputStream body) throws IOException {
    try {
      return Json.parse(body.readNBytes(LARGEST), LIMITS).asObject().orElseThrow(() -> odd(null));
    } catch (JsonException e) {
      throw odd(null);
    }
  }

  /** The secret manager said something that its documentation does not know. */
  static DocumentException odd(Throwable cause) {
    return new DocumentException("the secret manager's answer holds no secret", cause);
  }

  /** A refusal, by the status and the kind of error that the service names. */
  static DocumentException refused(int status, JsonObject answer, String field) {
    String kind = answer.get(field).flatMap(JsonValue::asString).orElse("no reason");
    return new DocumentException("the secret manager answered " + status + ", " + kind, null);
  }
}
