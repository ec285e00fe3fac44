package dev.twinbucket.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.object.Escaping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The published table of deviations is the one that the contract tests assert. */
class EmulatorTableTest {
  private static final int LONGEST_SHOWN = 40;

  private record Emulator(String name, Set<Deviation> deviations, Set<String> impossibleKeys) {}

  private static final List<Emulator> EMULATORS =
      List.of(
          new Emulator("moto", MotoStoreTest.DEVIATIONS, MotoStoreTest.IMPOSSIBLE_KEYS),
          new Emulator(
              "Versity S3 gateway",
              VersityGatewayStoreTest.DEVIATIONS,
              VersityGatewayStoreTest.IMPOSSIBLE_KEYS),
          new Emulator(
              "fake-gcs-server",
              FakeGcsServerStoreTest.DEVIATIONS,
              FakeGcsServerStoreTest.IMPOSSIBLE_KEYS));

  @Test
  void theDocumentShowsEveryDeclaredDeviation() throws IOException {
    assertThat(Files.readString(Path.of("../docs/emulators.md"))).contains(table());
  }

  private static String table() {
    StringBuilder table =
        new StringBuilder(
            "| server | deviates in that it | cannot hold the keys |\n|---|---|---|\n");
    for (Emulator emulator : EMULATORS) {
      table
          .append("| ")
          .append(emulator.name())
          .append(" | ")
          .append(
              emulator.deviations().stream()
                  .sorted()
                  .map(deviation -> "`" + deviation + "`: " + deviation.meaning())
                  .collect(Collectors.joining("<br>")))
          .append(" | ")
          .append(
              emulator.impossibleKeys().stream()
                  .map(EmulatorTableTest::shown)
                  .sorted()
                  .collect(Collectors.joining(" ")))
          .append(" |\n");
    }
    return table.toString();
  }

  private static String shown(String key) {
    return "`"
        + (key.length() > LONGEST_SHOWN
            ? Escaping.forLog(key.substring(0, 3)) + "...` (" + key.length() + " characters)"
            : Escaping.forLog(key) + "`");
  }
}
