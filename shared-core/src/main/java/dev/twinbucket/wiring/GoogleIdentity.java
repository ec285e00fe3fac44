package dev.twinbucket.wiring;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.AwsCredentials;
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
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Who asks at Google Cloud Storage, and where that is. */
final class GoogleIdentity {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

  private GoogleIdentity() {}

  static GcsStoreSettings of(
      Settings settings, Map<String, String> environment, AwsCredentialsProvider aws) {
    return of(settings.googleCredentials(), environment, aws);
  }

  static GcsStoreSettings of(
      Optional<String> json, Map<String, String> environment, AwsCredentialsProvider aws) {
    GcsStoreSettings standard = GcsStoreSettings.from(environment);
    return standard.host().isPresent() || json.isEmpty()
        ? standard
        : standard.withCredentials(
            read(json.get(), aws, AwsProof.region(environment), NetHttpTransport::new));
  }

  /** Reads a credential configuration; tokens are asked for later, when they are needed. */
  static GoogleCredentials read(
      String json,
      AwsCredentialsProvider aws,
      Supplier<Region> region,
      HttpTransportFactory transports) {
    try {
      GoogleCredentials read =
          GoogleCredentials.fromStream(
              new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), transports);
      GoogleCredentials proving =
          read instanceof AwsCredentials external
              ? AwsProof.with(external, json, aws, region)
              : read;
      return proving.createScoped(List.of(SCOPE));
    } catch (IOException e) {
      // The cause may quote what it read, which may be a secret.
      throw new IllegalArgumentException(
          Variable.GOOGLE_CREDENTIALS.variable() + " holds no credential configuration");
    }
  }
}
