package dev.twinbucket.settings.source;

import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import dev.twinbucket.settings.DocumentLocation;
import dev.twinbucket.settings.DocumentSource;
import dev.twinbucket.store.ObjectStore;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Every kind of document. Nothing is opened before it is asked for. */
public final class Documents implements DocumentSource {
  /** The variable in which the AWS SDKs look for another endpoint of Secrets Manager. */
  public static final String AWS_ENDPOINT = "AWS_ENDPOINT_URL_SECRETS_MANAGER";

  private static final String GOOGLE_ENDPOINT = "https://secretmanager.googleapis.com";
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

  private final StoredDocuments stored;
  private final AwsSecrets awsSecrets;
  private final GoogleSecrets googleSecrets;

  Documents(StoredDocuments stored, AwsSecrets awsSecrets, GoogleSecrets googleSecrets) {
    this.stored = stored;
    this.awsSecrets = awsSecrets;
    this.googleSecrets = googleSecrets;
  }

  /**
   * Documents from everywhere.
   *
   * @param environment of the process, for {@value #AWS_ENDPOINT}
   * @param stores opens {@code s3} or {@code gs}; each is closed after its document was read
   * @param aws who asks AWS Secrets Manager
   * @param google who asks Google Secret Manager; if empty, Application Default Credentials
   */
  public static Documents from(
      Map<String, String> environment,
      Function<String, ObjectStore> stores,
      AwsCredentialsProvider aws,
      Supplier<Optional<Credentials>> google) {
    Optional<String> endpoint =
        Optional.ofNullable(environment.get(AWS_ENDPOINT)).filter(url -> !url.isEmpty());
    GoogleSecrets.CredentialsSupplier who =
        () -> {
          Optional<Credentials> given = google.get();
          return given.isPresent()
              ? given.get()
              : GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
        };
    return new Documents(
        new StoredDocuments(stores),
        new AwsSecrets(aws, endpoint),
        new GoogleSecrets(who, GOOGLE_ENDPOINT));
  }

  @Override
  public byte[] fetch(DocumentLocation location) {
    return switch (location) {
      case DocumentLocation.File(String path) -> FileDocuments.fetch(path);
      case DocumentLocation.InBucket(var object) -> stored.fetch(object);
      case DocumentLocation.AwsSecret secret -> awsSecrets.fetch(secret);
      case DocumentLocation.GoogleSecret secret -> googleSecrets.fetch(secret);
    };
  }
}
