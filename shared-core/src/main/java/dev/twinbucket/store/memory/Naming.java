package dev.twinbucket.store.memory;

import dev.twinbucket.object.Fingerprint;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Provenance;
import java.time.Instant;
import java.util.Optional;

/** Names versions as one flavour's cloud does. Not safe for threads. */
final class Naming {
  private static final String FIRST_METAGENERATION = "1";
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private final Flavour flavour;
  private long last;

  Naming(Flavour flavour) {
    this.flavour = flavour;
  }

  /** The version of new bytes. */
  ObjectVersion written(
      String etag, ObjectAttributes attributes, Optional<Provenance> stamp, Instant now) {
    return flavour.isGoogle()
        ? ObjectVersion.named(Long.toString(next(now)), FIRST_METAGENERATION)
        : amazon(etag, attributes, stamp, now);
  }

  /** The version of the same bytes under new attributes. */
  ObjectVersion retouched(
      ObjectVersion old, ObjectAttributes attributes, Optional<Provenance> stamp, Instant now) {
    return flavour.isGoogle()
        ? ObjectVersion.named(old.writeId(), Long.toString(Long.parseLong(old.revision()) + 1))
        : amazon(old.etag(), attributes, stamp, now);
  }

  /** Whether a condition that names {@code expected} holds for {@code current}. */
  boolean matches(ObjectVersion expected, ObjectVersion current) {
    return flavour.isGoogle()
        ? expected.sameAs(current)
        : expected.etag().equals(current.etag()); // all that If-Match can say
  }

  /** Whether a read that is pinned to {@code expected} may read {@code current}. */
  boolean sameBytes(ObjectVersion expected, ObjectVersion current) {
    return flavour.isGoogle()
        ? expected.writeId().equals(current.writeId())
        : matches(expected, current)
            && (!flavour.isVersioned() || expected.writeId().equals(current.writeId()));
  }

  private ObjectVersion amazon(
      String etag, ObjectAttributes attributes, Optional<Provenance> stamp, Instant now) {
    String revision =
        new Fingerprint()
            .add(attributes.digest())
            .add(stamp.map(Provenance::encoded).orElse(""))
            .toString();
    return flavour.isVersioned()
        ? new ObjectVersion("v" + next(now), etag, revision, ObjectVersion.UNKNOWN)
        : new ObjectVersion("", etag, revision, now.getEpochSecond());
  }

  /** Microseconds since the epoch, and always more than before. */
  private long next(Instant now) {
    long micros = now.getEpochSecond() * MICROS_PER_SECOND + now.getNano() / NANOS_PER_MICRO;
    last = Math.max(last + 1, micros);
    return last;
  }
}
