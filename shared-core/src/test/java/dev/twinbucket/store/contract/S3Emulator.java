package dev.twinbucket.store.contract;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.s3.S3Credentials;
import dev.twinbucket.store.s3.S3ObjectStore;
import dev.twinbucket.store.s3.S3Quirks;
import dev.twinbucket.store.s3.S3StoreSettings;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** The S3 adapter on a server of somebody else's. */
final class S3Emulator implements StoreBackend {
  /** The key's id that the servers are told to accept. */
  static final String ACCESS_KEY = "test-access-key";

  /** The key that goes with it. */
  static final String SECRET_KEY = "test-secret-key";

  private final ServerProcess server;
  private final Set<Deviation> deviations;
  private final Set<String> impossibleKeys;
  private final ObjectStore store;
  private final S3Client administrator;

  S3Emulator(
      ServerProcess server,
      S3Quirks quirks,
      Set<Deviation> deviations,
      Set<String> impossibleKeys) {
    this.server = server;
    this.deviations = deviations;
    this.impossibleKeys = impossibleKeys;
    URI endpoint = URI.create(server.endpoint());
    store =
        S3ObjectStore.open(
            new S3StoreSettings(
                Optional.of(endpoint),
                Optional.of("us-east-1"),
                S3StoreSettings.Addressing.PATH,
                new S3Credentials.Keys(ACCESS_KEY, SECRET_KEY, Optional.empty()),
                quirks));
    administrator =
        S3Client.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .httpClientBuilder(Apache5HttpClient.builder())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
            .build();
  }

  @Override
  public Cloud cloud() {
    return Cloud.S3;
  }

  @Override
  public ObjectStore store() {
    return store;
  }

  @Override
  public BucketLocation newBucket(boolean versioned) {
    String name = "bucket-" + UUID.randomUUID();
    administrator.createBucket(create -> create.bucket(name));
    if (versioned) {
      administrator.putBucketVersioning(
          put ->
              put.bucket(name)
                  .versioningConfiguration(
                      configuration -> configuration.status(BucketVersioningStatus.ENABLED)));
    }
    return new BucketLocation("s3", name);
  }

  @Override
  public Set<Deviation> deviations() {
    return deviations;
  }

  @Override
  public Set<String> impossibleKeys() {
    return impossibleKeys;
  }

  @Override
  public OptionalLong requests() {
    return OptionalLong.empty();
  }

  @Override
  public void close() {
    try (server;
        administrator) {
      store.close();
    }
  }
}
