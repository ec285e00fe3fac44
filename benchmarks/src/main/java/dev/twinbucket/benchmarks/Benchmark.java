package dev.twinbucket.benchmarks;

import java.util.List;

/** The command. */
public final class Benchmark {
  private Benchmark() {}

  /** Runs the command and exits with its status: 1 if a tool did not bring everything over. */
  public static void main(String[] arguments) throws Exception {
    Options options;
    try {
      options = Options.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println("benchmark: " + e.getMessage());
      System.err.print(Options.HELP);
      System.exit(2);
      return;
    }
    if (options.help()) {
      System.out.print(Options.HELP);
      return;
    }
    System.out.printf(
        "%d objects of %d bytes to %s, %d cores%n",
        options.objects(),
        options.bytes(),
        options.toGcs() ? "Cloud Storage" : "S3",
        Runtime.getRuntime().availableProcessors());
    try (Clouds clouds = new Clouds(options)) {
      System.out.println(new TwinbucketRun(options, clouds).run().describe(options));
      if (options.rclone().isPresent()) {
        System.out.println(
            new RcloneRun(options.rclone().get(), options, clouds).run().describe(options));
      }
    } catch (IllegalStateException e) {
      System.err.println("benchmark: " + e.getMessage());
      System.exit(1);
    }
    System.exit(0);
  }
}
