package dev.twinbucket.store.contract;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;

/** The GCS adapter on fake-gcs-server. */
@Tag("emulator")
class FakeGcsServerStoreTest extends ObjectStoreContract {
  static final Set<Deviation> DEVIATIONS =
      Set.of(
          Deviation.NO_ATTRIBUTES_IN_PLACE,
          Deviation.NO_CONDITION_ON_ATTRIBUTES,
          Deviation.IGNORES_DELETE_CONDITION,
          Deviation.IGNORES_METADATA_IN_CONDITIONS,
          Deviation.NO_COPIES,
          Deviation.COPIES_WITHOUT_CONDITION,
          Deviation.COPIES_ANOTHER_VERSION,
          Deviation.NO_UPLOADS);

  static final Set<String> IMPOSSIBLE_KEYS = Set.of("\u00e9".repeat(512));

  @Override
  StoreBackend start() {
    int port = ServerProcess.freePort();
    return new GcsEmulator(
        ServerProcess.start(
            port,
            Map.of(),
            List.of(
                ServerProcess.installed("bin/fake-gcs-server").toString(),
                "-scheme",
                "http",
                "-backend",
                "memory",
                "-host",
                "127.0.0.1",
                "-port",
                Integer.toString(port),
                "-public-host",
                "127.0.0.1:" + port)),
        DEVIATIONS,
        IMPOSSIBLE_KEYS);
  }
}
