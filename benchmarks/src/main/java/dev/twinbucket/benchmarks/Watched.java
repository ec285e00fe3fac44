package dev.twinbucket.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Watches a process: the kernel keeps the most memory that it ever held and the processor time that
 * it used up, as long as it lives.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_status.5.html">VmHWM</a>
 */
final class Watched implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final ProcessHandle process;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Thread watcher;
  private volatile long peakBytes;
  private volatile Duration processor = Duration.ZERO;

  Watched(ProcessHandle process) {
    this.process = process;
    this.watcher = Thread.ofVirtual().start(this::watch);
  }

  private void watch() {
    try {
      while (!stopped.get() && process.isAlive()) {
        look();
        Thread.sleep(BETWEEN_LOOKS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void look() {
    process.info().totalCpuDuration().ifPresent(time -> processor = time);
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> line.replaceAll("[^0-9]", ""))
          .forEach(kib -> peakBytes = Long.parseLong(kib) << 10);
    } catch (NoSuchFileException gone) {
      stopped.set(true);
    } catch (IOException | UncheckedIOException endedWhileRead) {
      stopped.set(!process.isAlive());
    }
  }

  long peakBytes() {
    return peakBytes;
  }

  Duration processor() {
    return processor;
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      look();
    }
    stopped.set(true);
    watcher.interrupt();
  }
}
