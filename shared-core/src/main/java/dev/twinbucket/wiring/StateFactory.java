package dev.twinbucket.wiring;

import dev.twinbucket.settings.Settings;
import dev.twinbucket.settings.StateLocation;
import dev.twinbucket.state.InMemoryStateStore;
import dev.twinbucket.state.ObjectStateStore;
import dev.twinbucket.state.StateStore;
import dev.twinbucket.state.dynamodb.DynamoDbStateStore;
import dev.twinbucket.store.Stores;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Opens the state where the settings say. */
final class StateFactory {
  private StateFactory() {}

  static StateStore open(
      Settings settings, Stores stores, AwsCredentialsProvider aws, Surroundings surroundings) {
    return switch (settings.state()) {
      case StateLocation.Memory() -> new InMemoryStateStore(surroundings.clock());
      case StateLocation.Objects(var bucket, String prefix) ->
          new ObjectStateStore(
              stores.of(bucket),
              bucket,
              prefix,
              surroundings.clock(),
              surroundings.randoms().get());
      case StateLocation.Table(String name, Optional<String> region) ->
          DynamoDbStateStore.open(
              name, region, aws, surroundings.clock(), surroundings.randoms().get());
    };
  }
}
