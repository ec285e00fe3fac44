package dev.twinbucket.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 8388608}, {@code 8192KiB}, {@code 8 MiB}. */
final class ByteSize {
  static final long KIB = 1024;
  static final long MIB = 1024 * KIB;
  static final long GIB = 1024 * MIB;

  private static final Pattern SIZE = Pattern.compile("(\\d{1,15}) ?(B|KiB|MiB|GiB|TiB)?");

  private ByteSize() {}

  /** The bytes, or empty if it is no size. */
  static Optional<Long> parse(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long unit =
        switch (matcher.group(2)) {
          case "KiB" -> KIB;
          case "MiB" -> MIB;
          case "GiB" -> GIB;
          case "TiB" -> GIB * KIB;
          case null, default -> 1;
        };
    return Optional.of(Long.valueOf(matcher.group(1)))
        .filter(count -> count <= Long.MAX_VALUE / unit)
        .map(count -> count * unit);
  }

  /** As people write it. */
  static String show(long bytes) {
    if (bytes > 0 && bytes % GIB == 0) {
      return bytes % (GIB * KIB) == 0 ? bytes / GIB / KIB + "TiB" : bytes / GIB + "GiB";
    }
    if (bytes > 0 && bytes % MIB == 0) {
      return bytes / MIB + "MiB";
    }
    return bytes > 0 && bytes % KIB == 0 ? bytes / KIB + "KiB" : Long.toString(bytes);
  }
}
