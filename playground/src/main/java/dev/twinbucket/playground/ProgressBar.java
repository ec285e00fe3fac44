package dev.twinbucket.playground;

import java.io.PrintStream;
import java.time.Duration;

/**
 * How far one large object has come: on a terminal one line that is drawn over and over, elsewhere
 * a line for each quarter.
 */
final class ProgressBar {
  private static final int WIDTH = 30;
  private static final int QUARTERS = 4;
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private final PrintStream out;
  private final boolean terminal;
  private final long total;
  private Duration drawn = BETWEEN.negated();
  private long quarter;

  /**
   * A bar that nothing has been drawn of yet.
   *
   * @param terminal whether a carriage return goes back to the beginning of the line
   * @param total bytes, one at least
   */
  ProgressBar(PrintStream out, boolean terminal, long total) {
    this.out = out;
    this.terminal = terminal;
    this.total = total;
  }

  /**
   * Draws, unless it was drawn a moment ago.
   *
   * @param arrived bytes so far
   * @param elapsed since the beginning
   */
  void show(long arrived, Duration elapsed) {
    if (terminal && elapsed.minus(drawn).compareTo(BETWEEN) >= 0) {
      drawn = elapsed;
      out.print("\r" + line(arrived, elapsed));
    } else if (!terminal && arrived * QUARTERS / total > quarter) {
      quarter = arrived * QUARTERS / total;
      out.println(line(arrived, elapsed));
    }
    out.flush();
  }

  /** Wipes what was drawn on a terminal. */
  void end() {
    if (terminal) {
      out.print("\r" + " ".repeat(line(0, Duration.ZERO).length()) + "\r");
    }
  }

  private String line(long arrived, Duration elapsed) {
    int filled = (int) (arrived * WIDTH / total);
    double perSecond = elapsed.isZero() ? 0 : arrived * 1e9 / elapsed.toNanos();
    String left =
        perSecond == 0 ? "" : "%,.0f s left".formatted(Math.ceil((total - arrived) / perSecond));
    return "  [%s%s] %3d %%  %7.1f MiB/s  %-14s"
        .formatted(
            "#".repeat(filled),
            "-".repeat(WIDTH - filled),
            arrived * 100 / total,
            perSecond / (1 << 20),
            left);
  }
}
