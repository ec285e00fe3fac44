package dev.twinbucket.playground;

import dev.twinbucket.object.Escaping;
import dev.twinbucket.playground.Sample.Cloud;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays the samples and shows, step by step, when the other side followed. */
final class Show {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);
  private static final int KEY_COLUMN = 44;
  private static final int LARGE = 16 << 20;

  private final Users users;
  private final PrintStream out;
  private final boolean terminal;
  private final List<Duration> latencies = new ArrayList<>();
  private int failures;

  /**
   * A show that has not begun.
   *
   * @param terminal whether {@code out} is one
   */
  Show(Users users, PrintStream out, boolean terminal) {
    this.users = users;
    this.out = out;
    this.terminal = terminal;
  }

  /** Runs all; true if everything arrived. */
  boolean run(List<Sample> samples) throws InterruptedException {
    out.printf(
        "%n%-10s %-12s %-" + KEY_COLUMN + "s %12s %10s%n",
        "what",
        "from, to",
        "key",
        "bytes",
        "after");
    for (Sample sample : samples) {
      put("create", sample);
    }
    for (Cloud side : Cloud.values()) {
      Sample first = samples.stream().filter(s -> s.side() == side).findFirst().orElseThrow();
      put("overwrite", changed(first, side));
      put("and back", changed(first, side.other()));
      delete(side, first.key());
      samples.stream()
          .filter(s -> s.side() == side && s.key().endsWith("empty"))
          .forEach(s -> deleteQuietly(side.other(), s.key()));
    }
    latencies.sort(Duration::compareTo);
    if (!latencies.isEmpty()) {
      out.printf(
          "%n%d steps, %d failed; half of them within %s, all within %s%n",
          latencies.size() + failures,
          failures,
          millis(latencies.get(latencies.size() / 2)),
          millis(latencies.getLast()));
    }
    return failures == 0;
  }

  private static Sample changed(Sample sample, Cloud side) {
    byte[] bytes =
        (new String(sample.bytes(), StandardCharsets.UTF_8) + "again, on " + side + "\n")
            .getBytes(StandardCharsets.UTF_8);
    return new Sample(side, sample.key(), bytes, sample.contentType(), sample.metadata());
  }

  private void put(String what, Sample sample) throws InterruptedException {
    users.put(sample);
    await(what, sample.side(), sample.key(), Optional.of(sample.bytes()));
  }

  private void deleteQuietly(Cloud side, String key) {
    try {
      delete(side, key);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void delete(Cloud side, String key) throws InterruptedException {
    users.delete(side, key);
    await("delete", side, key, Optional.empty());
  }

  private void await(String what, Cloud from, String key, Optional<byte[]> expected)
      throws InterruptedException {
    long start = System.nanoTime();
    ProgressBar bar = new ProgressBar(out, terminal, expected.map(b -> b.length).orElse(0) + 1);
    boolean large = expected.isPresent() && expected.get().length >= LARGE;
    boolean arrived = users.holds(from.other(), key, expected);
    while (!arrived && System.nanoTime() - start < PATIENCE.toNanos()) {
      if (large) {
        bar.show(users.underWay(from.other()), Duration.ofNanos(System.nanoTime() - start));
      }
      Thread.sleep(BETWEEN_LOOKS);
      arrived = users.holds(from.other(), key, expected);
    }
    if (large) {
      bar.end();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (arrived) {
      latencies.add(took);
    } else {
      failures++;
    }
    out.printf(
        "%-10s %-12s %-" + KEY_COLUMN + "s %12s %10s%n",
        what,
        from + " to " + from.other(),
        Escaping.forLog(key),
        expected.map(bytes -> "%,d".formatted(bytes.length)).orElse(""),
        arrived ? millis(took) : "FAILED");
  }

  private static String millis(Duration time) {
    return time.toMillis() + " ms";
  }
}
