package dev.twinbucket.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);

  @Test
  void showsShareRateAndTimeLeft() {
    ProgressBar bar = new ProgressBar(out, true, 100L << 20);

    bar.show(25L << 20, Duration.ofSeconds(1));

    assertThat(text()).contains("25 %", "25.0 MiB/s", "3 s left").doesNotContain("\n");
  }

  @Test
  void isNotDrawnMoreOftenThanAnybodyCanSee() {
    ProgressBar bar = new ProgressBar(out, true, 100);

    bar.show(1, Duration.ofMillis(500));
    bar.show(50, Duration.ofMillis(550));

    assertThat(text()).contains(" 1 %").doesNotContain("50 %");
  }

  @Test
  void isALineForEachQuarterWhereThereIsNoTerminal() {
    ProgressBar bar = new ProgressBar(out, false, 100);

    for (int i = 0; i <= 100; i++) {
      bar.show(i, Duration.ofMillis(i));
    }
    bar.end();

    assertThat(text().lines()).hasSize(4);
    assertThat(text()).doesNotContain("\r");
  }

  private String text() {
    return shown.toString(StandardCharsets.UTF_8);
  }
}
