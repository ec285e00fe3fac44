package dev.twinbucket.wiring;

import com.google.auth.oauth2.GoogleCredentials;
import dev.twinbucket.settings.Settings;
import dev.twinbucket.settings.Variable;
import dev.twinbucket.store.gcs.GcsStoreSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who asks at Google Cloud Storage, and where that is. */
final class GoogleIdentity {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

  private GoogleIdentity() {}

  static GcsStoreSettings of(Settings settings, Map<String, String> environment) {
    return of(settings.googleCredentials(), environment);
  }

  static GcsStoreSettings of(Optional<String> json, Map<String, String> environment) {
    GcsStoreSettings standard = GcsStoreSettings.from(environment);
    return standard.host().isPresent() || json.isEmpty()
        ? standard
        : new GcsStoreSettings(standard.host(), Optional.of(read(json.get())));
  }

  /** Reads a credential configuration; tokens are asked for later, when they are needed. */
  private static GoogleCredentials read(String json) {
    try {
      return GoogleCredentials.fromStream(
              new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))
          .createScoped(List.of(SCOPE));
    } catch (IOException e) {
      // The cause may quote what it read, which may be a secret.
      throw new IllegalArgumentException(
          Variable.GOOGLE_CREDENTIALS.variable() + " holds no credential configuration");
    }
  }
}
