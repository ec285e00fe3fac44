package dev.twinbucket.settings.source;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.Credentials;
import com.google.auth.http.HttpCredentialsAdapter;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.settings.DocumentException;
import dev.twinbucket.settings.DocumentLocation;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/**
 * Secrets of Google Secret Manager: one call of its REST API.
 *
 * @see <a
 *     href="https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets.versions/access">versions.access</a>
 */
final class GoogleSecrets {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final CredentialsSupplier credentials;
  private final String endpoint;

  /** Finds out who asks, which may itself take a call. */
  @FunctionalInterface
  interface CredentialsSupplier {
    Credentials get() throws IOException;
  }

  /**
   * Secrets that these credentials may read.
   *
   * @param endpoint without a trailing slash
   */
  GoogleSecrets(CredentialsSupplier credentials, String endpoint) {
    this.credentials = credentials;
    this.endpoint = endpoint;
  }

  byte[] fetch(DocumentLocation.GoogleSecret secret) {
    try {
      HttpRequest request =
          new NetHttpTransport()
              .createRequestFactory(new HttpCredentialsAdapter(credentials.get()))
              .buildGetRequest(new GenericUrl(endpoint + "/v1/" + secret.version() + ":access"))
              .setConnectTimeout(TIMEOUT_MILLIS)
              .setReadTimeout(TIMEOUT_MILLIS)
              .setThrowExceptionOnExecuteError(false);
      return secret(request.execute());
    } catch (IOException | IllegalArgumentException e) {
      throw new DocumentException(e.getClass().getSimpleName(), e);
    }
  }

  private static byte[] secret(HttpResponse response) throws IOException {
    try (InputStream body = response.getContent()) {
      JsonObject answer = SecretAnswer.read(body);
      if (!response.isSuccessStatusCode()) {
        throw SecretAnswer.refused(
            response.getStatusCode(), answer.object("error").orElse(JsonObject.EMPTY), "status");
      }
      return answer
          .object("payload")
          .flatMap(payload -> payload.string("data"))
          .map(Base64.getDecoder()::decode)
          .orElseThrow(() -> SecretAnswer.odd(null));
    } catch (IllegalArgumentException notBase64) {
      throw SecretAnswer.odd(notBase64);
    } finally {
      response.disconnect();
    }
  }
}
