package dev.twinbucket.store.contract;

import dev.twinbucket.store.s3.S3Quirks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;

/** The S3 adapter on moto's server. */
@Tag("emulator")
class MotoStoreTest extends ObjectStoreContract {
  static final Set<Deviation> DEVIATIONS =
      Set.of(
          Deviation.ACCEPTS_WRONG_CHECKSUM,
          Deviation.NO_CONDITION_ON_ATTRIBUTES,
          Deviation.COPIES_WITHOUT_CONDITION,
          Deviation.COPIES_ANOTHER_VERSION,
          Deviation.ACCEPTS_WRONG_WHOLE,
          Deviation.COMPLETES_OVER_ANOTHER_VERSION,
          Deviation.FAILS_ON_LOST_UPLOADS,
          Deviation.FORGETS_BEGINNINGS);

  static final Set<String> IMPOSSIBLE_KEYS = Set.of("line\nfeed");

  @Override
  StoreBackend start() {
    int port = ServerProcess.freePort();
    return new S3Emulator(
        ServerProcess.start(
            port,
            Map.of(),
            List.of(
                ServerProcess.installed("moto/bin/moto_server").toString(),
                "-H",
                "127.0.0.1",
                "-p",
                Integer.toString(port))),
        S3Quirks.NONE,
        DEVIATIONS,
        IMPOSSIBLE_KEYS);
  }
}
