package dev.twinbucket.store.contract;

import dev.twinbucket.store.s3.S3Quirks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The S3 adapter on Versity's S3 gateway, which keeps objects as files. */
@Tag("emulator")
class VersityGatewayStoreTest extends ObjectStoreContract {
  static final Set<Deviation> DEVIATIONS =
      Set.of(
          Deviation.NO_ATTRIBUTES_IN_PLACE,
          Deviation.DELETES_THE_ABSENT,
          Deviation.COPIES_WITHOUT_CONDITION,
          Deviation.MARKERS_BLOCK_CREATION);

  static final Set<String> IMPOSSIBLE_KEYS =
      Set.of(
          "a//b",
          "/lead",
          "./x",
          "a/../b",
          "a/./b",
          "dir/",
          "dir//",
          "bell\u0007",
          "x".repeat(1023) + "y",
          "\u00e9".repeat(512));

  @TempDir static Path folder;

  @Override
  StoreBackend start() throws IOException {
    int port = ServerProcess.freePort();
    return new S3Emulator(
        ServerProcess.start(
            port,
            Map.of(),
            List.of(
                ServerProcess.installed("bin/versitygw").toString(),
                "--access",
                S3Emulator.ACCESS_KEY,
                "--secret",
                S3Emulator.SECRET_KEY,
                "--port",
                "127.0.0.1:" + port,
                "posix",
                "--versioning-dir",
                Files.createDirectory(folder.resolve("versions")).toString(),
                Files.createDirectory(folder.resolve("objects")).toString())),
        S3Quirks.NONE,
        DEVIATIONS,
        IMPOSSIBLE_KEYS);
  }
}
