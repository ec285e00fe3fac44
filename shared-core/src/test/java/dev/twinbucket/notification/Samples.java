package dev.twinbucket.notification;

import dev.twinbucket.event.ObjectEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The sample events that the handlers' modules offer to users, and one line for each reading. */
final class Samples {
  static final Path AWS = Path.of("../aws-lambda/events");
  static final Path GCP = Path.of("../gcp-function/events");

  private Samples() {}

  static Map<String, byte[]> in(Path folder) {
    Map<String, byte[]> samples = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        samples.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return samples;
  }

  static List<String> lines(List<Reading> readings) {
    return readings.stream().map(Samples::line).toList();
  }

  private static String line(Reading reading) {
    return switch (reading) {
      case Reading.Hint(ObjectEvent event) -> line(event);
      case Reading.Ignored ignored -> "ignored";
      case Reading.Unreadable(String expected, String found) -> "unreadable: " + expected;
    };
  }

  private static String line(ObjectEvent e) {
    StringBuilder line = new StringBuilder();
    line.append(e.type()).append(' ').append(e.provider()).append(' ').append(e.bucket());
    line.append(" <").append(e.key()).append('>');
    append(line, "write", e.writeId());
    append(line, "revision", e.revision());
    append(line, "etag", e.etag());
    append(line, "size", e.size() == ObjectEvent.UNKNOWN_SIZE ? "" : Long.toString(e.size()));
    append(line, "at", e.time().map(Object::toString).orElse(""));
    return line.append(e.replacesKnown() ? " replaces" : "").toString();
  }

  private static void append(StringBuilder line, String name, String value) {
    if (!value.isEmpty()) {
      line.append(' ').append(name).append('=').append(value);
    }
  }
}
