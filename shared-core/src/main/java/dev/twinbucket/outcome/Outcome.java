package dev.twinbucket.outcome;

import dev.twinbucket.object.ObjectLocation;
import java.time.Duration;
import java.util.Locale;

/** The typed end of one piece of work. */
public sealed interface Outcome {
  /**
   * Whether the hint is used up: its message may be acknowledged, once a quarantined one is in safe
   * keeping.
   */
  default boolean isTerminal() {
    return !(this instanceof Failed || (this instanceof Held held && !held.sentAgain()));
  }

  /** The outcome's name in logs and metrics, such as {@code in-sync}. */
  default String label() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  /**
   * Bytes were written.
   *
   * @param source what was copied
   * @param destination where to
   * @param bytes how many
   * @param proof how it is known that they are the source's, for copies that went in parts; empty
   *     for those that went whole, which are proven by the store that received them
   */
  record Copied(ObjectLocation source, ObjectLocation destination, long bytes, String proof)
      implements Outcome {
    /** A copy that went whole. */
    public Copied(ObjectLocation source, ObjectLocation destination, long bytes) {
      this(source, destination, bytes, "");
    }
  }

  /** The other side's attributes were brought in line, its bytes stayed. */
  record MetadataUpdated(ObjectLocation source, ObjectLocation destination) implements Outcome {}

  /** The counterpart of something that is gone was deleted. */
  record Deleted(ObjectLocation destination) implements Outcome {}

  /** Both sides are as they should be; nothing was written. */
  record InSync(String detail) implements Outcome {}

  /** There is nothing to be done for this hint, and the detail says why. */
  record Superseded(String detail) implements Outcome {}

  /**
   * The work goes on without this hint: a continuation was queued, or a notification will come (an
   * archived object's restore).
   */
  record Deferred(String detail) implements Outcome {}

  /**
   * A write is held back until an operator decides. The hint comes back after a while: by itself,
   * or because it was sent again.
   *
   * @param detail why
   * @param comeBackAfter how long it is to wait
   * @param sentAgain whether it is on a queue already, so that the message at hand is used up
   */
  record Held(String detail, Duration comeBackAfter, boolean sentAgain) implements Outcome {
    /** The message at hand is needed no more. */
    public Held asSentAgain() {
      return new Held(detail, comeBackAfter, true);
    }
  }

  /** This can never work as it is: it goes to the dead-letter queue with its reason. */
  record Quarantined(QuarantineReason reason, String detail) implements Outcome {}

  /** This did not work now: the hint must come back. */
  record Failed(FailureReason reason, String detail) implements Outcome {}
}
