package dev.twinbucket.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, whole: both handlers under the vendors' runtimes, in processes of their own. */
class PlaygroundTest {
  @TempDir private Path folder;

  @Test
  void everySampleAndEveryFileOfTheUserArrivesOnTheOtherSide() throws Exception {
    Files.createDirectory(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub").resolve("mine.txt"), "mine");
    ByteArrayOutputStream shown = new ByteArrayOutputStream();

    boolean allWell =
        new Playground(
                Options.parse(List.of("--exit", folder.toString())),
                new PrintStream(shown, true, StandardCharsets.UTF_8))
            .run();

    assertThat(allWell).as(shown.toString(StandardCharsets.UTF_8)).isTrue();
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains("yours/sub/mine.txt", "Both buckets are equal.");
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertThatThrownBy(() -> Options.parse(List.of("--sideways")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--sideways");
    assertThatThrownBy(() -> Options.parse(List.of("--s3-port", "many")))
        .hasMessageContaining("many is no port");
    assertThatThrownBy(() -> Options.parse(List.of("--large", "2000")))
        .hasMessageContaining("2000 is no size from 0 to 1024");
    assertThatThrownBy(() -> Options.parse(List.of("no/such/folder")))
        .hasMessageContaining("no/such/folder is no folder");
  }
}
