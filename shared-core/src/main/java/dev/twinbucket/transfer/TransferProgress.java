package dev.twinbucket.transfer;

import dev.twinbucket.json.JsonObject;
import dev.twinbucket.object.ObjectLocation;
import java.time.Duration;
import java.util.Optional;

/**
 * How far a transfer is, all invocations together, as it stood when one of them wrote it down.
 *
 * @param rule the rule's name
 * @param source what is copied
 * @param destination where to
 * @param step {@code sum} while the source is read through for its checksum, {@code move} while
 *     parts are sent
 * @param partsDone parts that have arrived
 * @param parts all of them
 * @param bytesDone bytes that have arrived
 * @param bytes all of them
 * @param took since the transfer was begun
 */
public record TransferProgress(
    String rule,
    ObjectLocation source,
    ObjectLocation destination,
    String step,
    int partsDone,
    int parts,
    long bytesDone,
    long bytes,
    Duration took) {
  /** Bytes in a second since the transfer was begun; zero if there was no time yet to tell. */
  public long bytesPerSecond() {
    long millis = took.toMillis();
    return millis == 0 ? 0 : (long) (bytesDone * 1000.0 / millis);
  }

  /** How long the rest takes at that rate, if that can be told. */
  public Optional<Duration> left() {
    long rate = bytesPerSecond();
    return rate == 0
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(Math.ceilDiv(bytes - bytesDone, rate)));
  }

  /** As a JSON object; the time left is left out while it cannot be told. */
  public JsonObject toJson() {
    JsonObject.Builder line =
        JsonObject.builder()
            .put("progress", step)
            .put("rule", rule)
            .put("source", source.toString())
            .put("destination", destination.toString())
            .put("parts", partsDone)
            .put("partsOf", parts)
            .put("bytes", bytesDone)
            .put("bytesOf", bytes)
            .put("ms", took.toMillis())
            .put("bytesPerSecond", bytesPerSecond());
    left().ifPresent(time -> line.put("msLeft", time.toMillis()));
    return line.build();
  }

  /** As in {@code 12 of 128 parts, 100663296 of 1073741824 bytes}. */
  @Override
  public String toString() {
    return "%d of %d parts, %d of %d bytes".formatted(partsDone, parts, bytesDone, bytes);
  }
}
