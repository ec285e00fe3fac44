package dev.twinbucket.transfer;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.outcome.LogFormat;
import dev.twinbucket.outcome.OutcomeLine;
import dev.twinbucket.outcome.Report;
import dev.twinbucket.replication.Invocation;
import dev.twinbucket.time.Deadline;
import dev.twinbucket.wiring.Queues;
import dev.twinbucket.wiring.Surroundings;
import dev.twinbucket.wiring.Twinbucket;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** A whole process that handles one hint about a large object, and says what that took. */
final class CarriesOneObject {
  private CarriesOneObject() {}

  public static void main(String[] arguments) {
    boolean toRight = arguments[0].equals("left-to-right");
    String key = arguments[1];
    long size = Long.parseLong(arguments[2]);
    BucketLocation source =
        toRight ? new BucketLocation("s3", "left") : new BucketLocation("gs", "right");
    ObjectEvent event =
        new ObjectEvent(
            source.store(),
            source.bucket(),
            key,
            EventType.CREATED,
            "",
            "",
            "",
            size,
            Optional.empty(),
            false);
    try (Twinbucket twinbucket =
        Twinbucket.start(System.getenv(), Surroundings.ofProcess(LogFormat.PLAIN), Queues.none())) {
      long start = System.nanoTime();
      Invocation invocation =
          new Invocation(Deadline.in(Duration.ofMinutes(5), Clock.systemUTC()), "m1");
      for (Report report : twinbucket.replicator().replicate(event, invocation)) {
        System.out.println(dev.twinbucket.json.Json.write(OutcomeLine.of(report).toJson()));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      long peak =
          ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(pool -> pool.getType() == MemoryType.HEAP)
              .map(MemoryPoolMXBean::getPeakUsage)
              .mapToLong(usage -> usage.getUsed())
              .sum();
      System.out.printf(
          "heap %d MiB at the most, peaks of all pools together %d MiB: %d MiB %s in %.1f s, %.0f MiB/s%n",
          Runtime.getRuntime().maxMemory() >> 20,
          peak >> 20,
          size >> 20,
          arguments[0],
          seconds,
          (size >> 20) / seconds);
    }
  }
}
