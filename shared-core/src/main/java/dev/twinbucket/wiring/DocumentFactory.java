package dev.twinbucket.wiring;

import dev.twinbucket.settings.DocumentSource;
import dev.twinbucket.settings.Variable;
import dev.twinbucket.settings.source.Documents;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.gcs.GcsObjectStore;
import dev.twinbucket.store.gcs.GcsStoreSettings;
import dev.twinbucket.store.s3.S3Credentials;
import dev.twinbucket.store.s3.S3ObjectStore;
import dev.twinbucket.store.s3.S3StoreSettings;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Opens the way to documents outside of the environment, with the function's own identities. */
final class DocumentFactory {
  private static final String GCS = "gs";

  private DocumentFactory() {}

  static DocumentSource open(Map<String, String> environment, AwsCredentialsProvider aws) {
    return Documents.from(
        environment,
        store -> open(store, environment, aws),
        aws,
        () -> google(environment, aws).credentials());
  }

  private static ObjectStore open(
      String store, Map<String, String> environment, AwsCredentialsProvider aws) {
    return store.equals(GCS)
        ? GcsObjectStore.open(google(environment, aws))
        : S3ObjectStore.open(S3StoreSettings.STANDARD.with(new S3Credentials.Provided(aws)));
  }

  private static GcsStoreSettings google(
      Map<String, String> environment, AwsCredentialsProvider aws) {
    Optional<String> json =
        Optional.ofNullable(environment.get(Variable.GOOGLE_CREDENTIALS.variable()))
            .filter(value -> !value.isEmpty());
    return GoogleIdentity.of(json, environment, aws);
  }
}
