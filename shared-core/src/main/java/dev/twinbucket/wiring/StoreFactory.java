package dev.twinbucket.wiring;

import dev.twinbucket.credentials.RenewableCredentials;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.settings.DocumentSource;
import dev.twinbucket.settings.Endpoint;
import dev.twinbucket.settings.EndpointCredentials;
import dev.twinbucket.settings.Settings;
import dev.twinbucket.settings.StateLocation;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.Stores;
import dev.twinbucket.store.gcs.GcsObjectStore;
import dev.twinbucket.store.gcs.GcsStoreSettings;
import dev.twinbucket.store.s3.S3Credentials;
import dev.twinbucket.store.s3.S3ObjectStore;
import dev.twinbucket.store.s3.S3Quirks;
import dev.twinbucket.store.s3.S3StoreSettings;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Opens the stores that rules and state name, and no others: each costs time at a cold start. */
final class StoreFactory {
  private static final String GCS = "gs";

  private final Settings settings;
  private final GcsStoreSettings gcs;
  private final AwsCredentialsProvider aws;
  private final DocumentSource documents;
  private final InstantSource clock;

  private StoreFactory(
      Settings settings,
      GcsStoreSettings gcs,
      AwsCredentialsProvider aws,
      DocumentSource documents,
      InstantSource clock) {
    this.settings = settings;
    this.gcs = gcs;
    this.aws = aws;
    this.documents = documents;
    this.clock = clock;
  }

  /**
   * Opens them.
   *
   * @param aws who asks on AWS, and wherever an endpoint has no credentials of its own
   * @param documents where keys come from that were rotated
   */
  static Stores open(
      Settings settings,
      GcsStoreSettings gcs,
      AwsCredentialsProvider aws,
      DocumentSource documents,
      InstantSource clock) {
    StoreFactory factory = new StoreFactory(settings, gcs, aws, documents, clock);
    Map<String, ObjectStore> opened = new HashMap<>();
    try {
      for (String name : names(settings)) {
        opened.put(name, factory.open(name));
      }
      return new Stores(opened);
    } catch (RuntimeException | Error e) {
      opened.values().forEach(ObjectStore::close);
      throw e;
    }
  }

  private static Set<String> names(Settings settings) {
    Set<String> names = new TreeSet<>();
    for (Rule rule : settings.rules().rules()) {
      names.add(rule.left().bucket().store());
      names.add(rule.right().bucket().store());
    }
    if (settings.state() instanceof StateLocation.Objects objects) {
      names.add(objects.bucket().store());
    }
    return names;
  }

  private ObjectStore open(String name) {
    if (name.equals(GCS)) {
      return GcsObjectStore.open(gcs);
    }
    Endpoint endpoint = settings.endpoints().get(name);
    return S3ObjectStore.open(
        endpoint == null
            ? S3StoreSettings.STANDARD.with(new S3Credentials.Provided(aws))
            : translate(endpoint));
  }

  private S3StoreSettings translate(Endpoint endpoint) {
    return new S3StoreSettings(
        Optional.of(endpoint.url()),
        Optional.of(endpoint.region()),
        switch (endpoint.addressing()) {
          case PATH -> S3StoreSettings.Addressing.PATH;
          case VIRTUAL -> S3StoreSettings.Addressing.VIRTUAL_HOST;
        },
        switch (endpoint.credentials()) {
          case EndpointCredentials.Standard _ -> new S3Credentials.Provided(aws);
          case EndpointCredentials.Profile(String profile) -> new S3Credentials.Profile(profile);
          case EndpointCredentials.Keys keys -> keys(keys);
          case EndpointCredentials.Secret secret ->
              new S3Credentials.Provided(
                  new RenewableCredentials(
                      new SecretKeys(secret, documents, keys -> keys(keys).credentials()), clock));
        },
        new S3Quirks(
            !endpoint.conditionalWrites(),
            !endpoint.conditionalDeletes(),
            !endpoint.storesCrc32c(),
            !endpoint.tagCount(),
            !endpoint.tags(),
            !endpoint.copyInPlace()));
  }

  private static S3Credentials.Keys keys(EndpointCredentials.Keys keys) {
    return new S3Credentials.Keys(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
  }
}
