package dev.twinbucket.replication;

import dev.twinbucket.guard.HeldBackException;
import dev.twinbucket.outcome.FailureReason;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.outcome.QuarantineReason;
import dev.twinbucket.state.StateException;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.time.Backoff;
import dev.twinbucket.time.Pause;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Looking again: runs a round of observe, decide, act until one ends in an outcome. What was seen
 * too late (a condition that failed, an object that vanished) starts the next round at once; what
 * may pass (throttling, an unreachable server) after a pause; both only while the invocation's time
 * lasts.
 */
final class Rounds {
  /**
   * No request to a store takes longer than this, its retries included; less time left starts none.
   */
  static final Duration LONGEST_REQUEST = Duration.ofSeconds(30);

  /** After that a hint whose write was held back is followed again. */
  private static final Duration HELD_FOR = Duration.ofMinutes(15);

  private static final int MOVED_AT_MOST = 12;
  private static final int PAUSES_AT_MOST = 6;
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

  private final Pause pause;
  private final RandomGenerator random;

  Rounds(Pause pause, RandomGenerator random) {
    this.pause = pause;
    this.random = random;
  }

  /** One pass; empty asks for another. */
  @FunctionalInterface
  interface Round {
    Optional<Outcome> run();
  }

  Outcome repeat(Invocation invocation, Round round) {
    int moved = 0;
    int pauses = 0;
    while (true) {
      if (invocation.deadline().remaining().isZero()) {
        return new Outcome.Failed(FailureReason.OUT_OF_TIME, "the invocation's time is up");
      }
      Outcome.Failed failure;
      try {
        Optional<Outcome> outcome = round.run();
        if (outcome.isPresent()) {
          return outcome.get();
        }
        failure = new Outcome.Failed(FailureReason.UNSTABLE, "it changes faster than it is copied");
        moved++;
      } catch (StoreException.ConditionFailed
          | StoreException.ObjectNotFound
          | StoreException.UploadNotFound e) {
        failure = new Outcome.Failed(FailureReason.UNSTABLE, e.getMessage());
        moved++;
      } catch (StoreException.Throttled e) {
        failure = new Outcome.Failed(FailureReason.THROTTLED, e.getMessage());
        pauses++;
      } catch (StoreException.Unavailable e) {
        failure = new Outcome.Failed(FailureReason.UNAVAILABLE, e.getMessage());
        pauses++;
      } catch (StoreException.IntegrityMismatch e) {
        failure = new Outcome.Failed(FailureReason.INTEGRITY_MISMATCH, e.getMessage());
        pauses++;
      } catch (HeldBackException e) {
        return new Outcome.Held(e.getMessage(), HELD_FOR, false);
      } catch (StateException e) {
        failure = new Outcome.Failed(FailureReason.STATE_UNAVAILABLE, e.getMessage());
        pauses++;
      } catch (StoreException e) {
        return ending(e);
      }
      if (moved > MOVED_AT_MOST || pauses > PAUSES_AT_MOST) {
        return failure;
      }
      if (moved + pauses > 1 && !pausedFor(invocation, moved + pauses - 2)) {
        return failure;
      }
    }
  }

  /** Lets some time pass, unless the invocation has not so much left. */
  boolean pausedFor(Invocation invocation, int attempt) {
    Duration time = BACKOFF.pause(attempt, random);
    if (!invocation.deadline().allows(time)) {
      return false;
    }
    try {
      pause.sleep(time);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Outcome ending(StoreException e) {
    return switch (e) {
      case StoreException.AccessDenied denied ->
          new Outcome.Failed(FailureReason.ACCESS_DENIED, denied.getMessage());
      case StoreException.BucketNotFound missing ->
          new Outcome.Failed(FailureReason.BUCKET_NOT_FOUND, missing.getMessage());
      case StoreException.Archived archived -> new Outcome.Deferred(archived.getMessage());
      case StoreException.InvalidRequest invalid ->
          new Outcome.Quarantined(reason(invalid.kind()), invalid.getMessage());
      case StoreException.Unsupported unsupported ->
          new Outcome.Quarantined(QuarantineReason.REFUSED, unsupported.getMessage());
      case StoreException.ConditionFailed _,
          StoreException.ObjectNotFound _,
          StoreException.UploadNotFound _,
          StoreException.Throttled _,
          StoreException.Unavailable _,
          StoreException.IntegrityMismatch _ ->
          throw new IllegalStateException("handled before", e);
    };
  }

  private static QuarantineReason reason(StoreException.InvalidRequest.Kind kind) {
    return switch (kind) {
      case KEY -> QuarantineReason.KEY_NOT_POSSIBLE;
      case ATTRIBUTES -> QuarantineReason.ATTRIBUTES_NOT_POSSIBLE;
      case SIZE -> QuarantineReason.TOO_LARGE;
      case OTHER -> QuarantineReason.REFUSED;
    };
  }
}
