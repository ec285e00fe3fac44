package dev.twinbucket.decision;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.rule.SideName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Objects to decide about. */
final class Cases {
  static final ObjectLocation LEFT = new BucketLocation("s3", "l").object("k");
  static final ObjectLocation RIGHT = new BucketLocation("gs", "r").object("k");
  static final Instant EARLY = Instant.parse("2026-01-01T00:00:00.9Z");
  static final Instant LATE = Instant.parse("2026-01-01T00:00:02.1Z");
  static final ObjectAttributes TOUCHED =
      new ObjectAttributes(SystemHeaders.NONE, Map.of("a", "b"), Map.of());

  private Cases() {}

  static ObjectLocation at(SideName side) {
    return side == SideName.LEFT ? LEFT : RIGHT;
  }

  static ObjectVersion version(int number) {
    return ObjectVersion.named("v" + number, "1");
  }

  /** An object of content {@code content} that is version {@code number}. */
  static ObjectSnapshot object(SideName side, int number, int content) {
    return new ObjectSnapshot(
        at(side),
        version(number),
        10,
        Optional.of(new Crc32c(content)),
        Optional.empty(),
        ObjectAttributes.NONE,
        EARLY,
        Optional.empty(),
        "STANDARD",
        true);
  }

  /** The same object, stamped as made from that version of its counterpart. */
  static ObjectSnapshot stamped(ObjectSnapshot object, SideName side, int origin, String writeId) {
    Provenance stamp =
        new Provenance(
            Provenance.originOf(at(side.other())),
            version(origin),
            object.crc().orElseThrow(),
            object.attributes().digest(),
            writeId);
    return with(object, object.attributes(), Optional.of(stamp), object.modified());
  }

  static ObjectSnapshot touched(ObjectSnapshot object) {
    return with(object, TOUCHED, object.provenance(), object.modified());
  }

  static ObjectSnapshot modified(ObjectSnapshot object, Instant time) {
    return with(object, object.attributes(), object.provenance(), time);
  }

  static ObjectSnapshot withoutChecksum(ObjectSnapshot object) {
    return new ObjectSnapshot(
        object.location(),
        object.version(),
        object.size(),
        Optional.empty(),
        Optional.empty(),
        object.attributes(),
        object.modified(),
        object.provenance(),
        object.storageClass(),
        object.readable());
  }

  static ObjectSnapshot archived(ObjectSnapshot object) {
    return new ObjectSnapshot(
        object.location(),
        object.version(),
        object.size(),
        object.crc(),
        object.md5(),
        object.attributes(),
        object.modified(),
        object.provenance(),
        "GLACIER",
        false);
  }

  static Observation present(ObjectSnapshot object) {
    return new Observation.Present(object);
  }

  static Observation absent(SideName side) {
    return new Observation.Absent(at(side));
  }

  private static ObjectSnapshot with(
      ObjectSnapshot object,
      ObjectAttributes attributes,
      Optional<Provenance> stamp,
      Instant modified) {
    return new ObjectSnapshot(
        object.location(),
        object.version(),
        object.size(),
        object.crc(),
        object.md5(),
        attributes,
        modified,
        stamp,
        object.storageClass(),
        object.readable());
  }
}
