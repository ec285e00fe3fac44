package dev.twinbucket.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param help whether only the help is wanted
 * @param toGcs whether it goes from S3 to Cloud Storage, or the other way
 * @param objects how many objects are copied
 * @param bytes how many bytes each has
 * @param heapMib the heap of the function in MiB
 * @param rclone the peer's binary
 */
record Options(
    boolean help, boolean toGcs, int objects, long bytes, int heapMib, Optional<Path> rclone) {
  static final String HELP =
      """
      Usage: benchmark [--objects N] [--size BYTES] [--to gcs|s3] [--heap MIB] [--rclone FILE]

      Copies objects from one embedded cloud to the other, once by Twinbucket's Lambda handler in a process of its own under
      the vendor's runtime interface client, and once by rclone if it is given. Checks that every object arrived, and prints
      time, rate, processor time, the most memory that the process ever held, and the requests that the clouds counted.

        --objects N     how many objects (default 1000)
        --size BYTES    how large each is; KiB, MiB and GiB may follow the number (default 16KiB)
        --to gcs|s3     the direction (default gcs)
        --heap MIB      the handler's heap, -Xmx (default 256)
        --rclone FILE   the peer; `go install github.com/rclone/rclone@v1.71.2` builds one
        --help          this text

      Both clouds run in this command's own process and share the machine's cores with what is measured: compare figures of
      one run with each other, not with other machines. Connections are without TLS.
      """;

  static Options parse(List<String> arguments) {
    boolean help = false;
    boolean toGcs = true;
    int objects = 1000;
    long bytes = 16 << 10;
    int heapMib = 256;
    Optional<Path> rclone = Optional.empty();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      switch (argument) {
        case "--help", "-h" -> help = true;
        case "--objects" -> objects = (int) number(value(arguments, ++i), 1_000_000);
        case "--size" -> bytes = size(value(arguments, ++i));
        case "--heap" -> heapMib = (int) number(value(arguments, ++i), 1 << 20);
        case "--rclone" -> rclone = Optional.of(executable(value(arguments, ++i)));
        case "--to" -> toGcs = isGcs(value(arguments, ++i));
        default -> throw new IllegalArgumentException("what is " + argument + "?");
      }
    }
    return new Options(help, toGcs, objects, bytes, heapMib, rclone);
  }

  private static String value(List<String> arguments, int index) {
    if (index == arguments.size()) {
      throw new IllegalArgumentException(arguments.getLast() + " needs a value");
    }
    return arguments.get(index);
  }

  private static boolean isGcs(String side) {
    if (!side.equals("gcs") && !side.equals("s3")) {
      throw new IllegalArgumentException("--to gcs or --to s3, not " + side);
    }
    return side.equals("gcs");
  }

  private static long size(String text) {
    for (var unit : List.of(new Unit("KiB", 10), new Unit("MiB", 20), new Unit("GiB", 30))) {
      if (text.endsWith(unit.name())) {
        String digits = text.substring(0, text.length() - unit.name().length());
        return number(digits, Long.MAX_VALUE >> unit.shift()) << unit.shift();
      }
    }
    return number(text, Long.MAX_VALUE);
  }

  private record Unit(String name, int shift) {}

  private static long number(String text, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(text + " is no number from 1 to " + most);
  }

  private static Path executable(String file) {
    Path path = Path.of(file);
    if (!Files.isExecutable(path)) {
      throw new IllegalArgumentException(file + " cannot be run");
    }
    return path;
  }
}
