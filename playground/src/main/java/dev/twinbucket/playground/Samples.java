package dev.twinbucket.playground;

import dev.twinbucket.playground.Sample.Cloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A varied set of objects, of the kinds that other tools stumble over, and the user's own files.
 */
final class Samples {
  private static final long SEED = 1;
  private static final String BINARY = "application/octet-stream";

  private Samples() {}

  static List<Sample> builtIn() {
    List<Sample> samples = new ArrayList<>();
    for (Cloud side : Cloud.values()) {
      String folder = "from-" + side.name().toLowerCase(Locale.ROOT) + "/";
      samples.add(text(side, folder + "hello.txt", "hello from " + side + "\n", Map.of()));
      samples.add(
          new Sample(
              side,
              folder + "report.json",
              "{\"answer\":42}".getBytes(StandardCharsets.UTF_8),
              "application/json",
              Map.of("author", "somebody", "reviewed", "yes")));
      samples.add(text(side, folder + "größe & 100% + 日本 🎉.txt", "odd name\n", Map.of()));
      samples.add(text(side, folder + "a//b/../c", "slashes mean nothing\n", Map.of()));
      samples.add(new Sample(side, folder + "empty", new byte[0], BINARY, Map.of()));
      samples.add(new Sample(side, folder + "marker/", new byte[0], BINARY, Map.of()));
      samples.add(new Sample(side, folder + "one-byte", new byte[] {7}, BINARY, Map.of()));
      samples.add(new Sample(side, folder + "1MiB.bin", random(1 << 20), BINARY, Map.of()));
      samples.add(new Sample(side, folder + "5MiB.bin", random(5 << 20), BINARY, Map.of()));
    }
    return samples;
  }

  /** One large object from each side, or none at all. */
  static List<Sample> large(int mib) {
    if (mib == 0) {
      return List.of();
    }
    return Stream.of(Cloud.values())
        .map(
            side -> {
              String key = "from-" + side.name().toLowerCase(Locale.ROOT) + "/" + mib + "MiB.bin";
              return new Sample(side, key, random(mib << 20), BINARY, Map.of());
            })
        .toList();
  }

  /** Every regular file below a folder, named as it is there. */
  static List<Sample> of(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().map(file -> read(folder, file)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sample read(Path folder, Path file) {
    try {
      String type = Files.probeContentType(file);
      String key = "yours/" + folder.relativize(file).toString().replace('\\', '/');
      return new Sample(
          Cloud.S3, key, Files.readAllBytes(file), type == null ? BINARY : type, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sample text(Cloud side, String key, String text, Map<String, String> metadata) {
    return new Sample(side, key, text.getBytes(StandardCharsets.UTF_8), "text/plain", metadata);
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(SEED + size).nextBytes(bytes);
    return bytes;
  }
}
