package dev.twinbucket.wiring;

import dev.twinbucket.rule.Rule;
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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Opens the stores that rules and state name, and no others: each costs time at a cold start. */
final class StoreFactory {
  private static final String GCS = "gs";

  private StoreFactory() {}

  static Stores open(Settings settings, GcsStoreSettings gcs) {
    Map<String, ObjectStore> opened = new HashMap<>();
    try {
      for (String name : names(settings)) {
        opened.put(name, open(name, settings, gcs));
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

  private static ObjectStore open(String name, Settings settings, GcsStoreSettings gcs) {
    if (name.equals(GCS)) {
      return GcsObjectStore.open(gcs);
    }
    Endpoint endpoint = settings.endpoints().get(name);
    return S3ObjectStore.open(endpoint == null ? S3StoreSettings.STANDARD : translate(endpoint));
  }

  private static S3StoreSettings translate(Endpoint endpoint) {
    return new S3StoreSettings(
        Optional.of(endpoint.url()),
        Optional.of(endpoint.region()),
        switch (endpoint.addressing()) {
          case PATH -> S3StoreSettings.Addressing.PATH;
          case VIRTUAL -> S3StoreSettings.Addressing.VIRTUAL_HOST;
        },
        switch (endpoint.credentials()) {
          case EndpointCredentials.Standard _ -> new S3Credentials.Standard();
          case EndpointCredentials.Profile(String profile) -> new S3Credentials.Profile(profile);
          case EndpointCredentials.Keys(String id, String key, Optional<String> token) ->
              new S3Credentials.Keys(id, key, token);
        },
        new S3Quirks(
            !endpoint.conditionalWrites(),
            !endpoint.conditionalDeletes(),
            !endpoint.storesCrc32c(),
            !endpoint.tagCount(),
            !endpoint.tags(),
            !endpoint.copyInPlace()));
  }
}
