package dev.twinbucket.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * rclone, a well-known copier, doing the same: as many objects at once, all looks and checksums
 * that it does by default.
 *
 * @see <a href="https://rclone.org/docs/">rclone</a>
 */
final class RcloneRun {
  private static final String NAME = "rclone";
  private static final int AT_ONCE = 32;

  private final Path binary;
  private final Options options;
  private final Clouds clouds;

  RcloneRun(Path binary, Options options, Clouds clouds) {
    this.binary = binary;
    this.options = options;
    this.clouds = clouds;
  }

  Measurement run() throws IOException, InterruptedException {
    String target = clouds.newTarget(NAME);
    String from = options.toGcs() ? "aws:" : "google:";
    String to = options.toGcs() ? "google:" : "aws:";
    ProcessBuilder command =
        new ProcessBuilder(
                List.of(
                    binary.toString(),
                    "copy",
                    "--config",
                    "/dev/null",
                    "--transfers",
                    Integer.toString(AT_ONCE),
                    "--checkers",
                    Integer.toString(AT_ONCE),
                    "--retries",
                    "1",
                    from + Clouds.SOURCE,
                    to + target))
            .inheritIO();
    command.environment().putAll(remotes());
    long start = System.nanoTime();
    Process process = command.start();
    int status;
    Watched watched = new Watched(process.toHandle());
    try (watched) {
      status = process.waitFor();
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    if (status != 0) {
      throw new IllegalStateException("rclone ended with status " + status);
    }
    clouds.verify(NAME, target);
    return new Measurement(
        NAME,
        elapsed,
        watched.processor(),
        watched.peakBytes(),
        clouds.s3Requests(),
        clouds.gcsRequests());
  }

  private Map<String, String> remotes() {
    return Map.ofEntries(
        Map.entry("RCLONE_CONFIG_AWS_TYPE", "s3"),
        Map.entry("RCLONE_CONFIG_AWS_PROVIDER", "AWS"),
        Map.entry("RCLONE_CONFIG_AWS_ENDPOINT", clouds.s3().endpoint()),
        Map.entry("RCLONE_CONFIG_AWS_FORCE_PATH_STYLE", "true"),
        Map.entry("RCLONE_CONFIG_AWS_REGION", "us-east-1"),
        Map.entry("RCLONE_CONFIG_AWS_ACCESS_KEY_ID", "local"),
        Map.entry("RCLONE_CONFIG_AWS_SECRET_ACCESS_KEY", "local"),
        Map.entry("RCLONE_CONFIG_GOOGLE_TYPE", "google cloud storage"),
        Map.entry("RCLONE_CONFIG_GOOGLE_ANONYMOUS", "true"),
        Map.entry("RCLONE_CONFIG_GOOGLE_BUCKET_POLICY_ONLY", "true"),
        Map.entry("RCLONE_CONFIG_GOOGLE_ENDPOINT", clouds.gcs().endpoint() + "/storage/v1/"));
  }
}
