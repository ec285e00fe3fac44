package dev.twinbucket.local.gcs;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The four preconditions that a request may put on the live object.
 *
 * @see <a href="https://cloud.google.com/storage/docs/request-preconditions">Request
 *     preconditions</a>
 */
record Preconditions(
    OptionalLong generationMatch,
    OptionalLong generationNotMatch,
    OptionalLong metagenerationMatch,
    OptionalLong metagenerationNotMatch) {

  static final Preconditions NONE =
      new Preconditions(
          OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  /**
   * Reads the parameters {@code <prefix>GenerationMatch} and so on.
   *
   * @param parameters where a parameter is looked up
   * @param prefix {@code if} or {@code ifSource}
   */
  static Preconditions from(Function<String, Optional<String>> parameters, String prefix) {
    return new Preconditions(
        number(parameters, prefix + "GenerationMatch"),
        number(parameters, prefix + "GenerationNotMatch"),
        number(parameters, prefix + "MetagenerationMatch"),
        number(parameters, prefix + "MetagenerationNotMatch"));
  }

  static OptionalLong number(Function<String, Optional<String>> parameters, String name) {
    Optional<String> text = parameters.apply(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text.get()));
    } catch (NumberFormatException e) {
      throw GcsError.invalid("Invalid value '" + text.get() + "' for " + name);
    }
  }

  /** Holds the conditions of a write against what it would replace; 412 when one does not hold. */
  void requireForWrite(Optional<StoredObject> live) {
    if (!matches(live) || !differs(live)) {
      throw GcsError.preconditionFailed();
    }
  }

  /** Holds the conditions of a read: 412 when a match fails, 304 when a non-match fails. */
  void requireForRead(StoredObject object) {
    if (!matches(Optional.of(object))) {
      throw GcsError.preconditionFailed();
    }
    if (!differs(Optional.of(object))) {
      throw GcsError.notModified();
    }
  }

  private boolean matches(Optional<StoredObject> live) {
    long generation = live.map(StoredObject::generation).orElse(0L);
    long metageneration = live.map(StoredObject::metageneration).orElse(0L);
    return (generationMatch.isEmpty() || generationMatch.getAsLong() == generation)
        && (metagenerationMatch.isEmpty()
            || (live.isPresent() && metagenerationMatch.getAsLong() == metageneration));
  }

  private boolean differs(Optional<StoredObject> live) {
    long generation = live.map(StoredObject::generation).orElse(0L);
    return (generationNotMatch.isEmpty() || generationNotMatch.getAsLong() != generation)
        && (metagenerationNotMatch.isEmpty()
            || live.isEmpty()
            || metagenerationNotMatch.getAsLong() != live.get().metageneration());
  }
}
