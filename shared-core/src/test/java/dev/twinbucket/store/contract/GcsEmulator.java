package dev.twinbucket.store.contract;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.gcs.GcsObjectStore;
import dev.twinbucket.store.gcs.GcsStoreSettings;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** The GCS adapter on a server of somebody else's. */
final class GcsEmulator implements StoreBackend {
  private final ServerProcess server;
  private final Set<Deviation> deviations;
  private final Set<String> impossibleKeys;
  private final ObjectStore store;
  private final Storage administrator;

  GcsEmulator(ServerProcess server, Set<Deviation> deviations, Set<String> impossibleKeys) {
    this.server = server;
    this.deviations = deviations;
    this.impossibleKeys = impossibleKeys;
    store =
        GcsObjectStore.open(
            GcsStoreSettings.from(Map.of(GcsStoreSettings.EMULATOR_VARIABLE, server.endpoint())));
    administrator =
        StorageOptions.http()
            .setHost(server.endpoint())
            .setProjectId("test")
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
  }

  @Override
  public Cloud cloud() {
    return Cloud.GCS;
  }

  @Override
  public ObjectStore store() {
    return store;
  }

  @Override
  public BucketLocation newBucket(boolean versioned) {
    String name = "bucket-" + UUID.randomUUID();
    administrator.create(BucketInfo.newBuilder(name).setVersioningEnabled(versioned).build());
    return new BucketLocation("gs", name);
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
    server.close();
    store.close();
  }
}
