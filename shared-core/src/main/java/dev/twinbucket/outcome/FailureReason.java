package dev.twinbucket.outcome;

/** Why something did not work now. */
public enum FailureReason {
  THROTTLED,
  UNAVAILABLE,
  ACCESS_DENIED,
  BUCKET_NOT_FOUND,
  INTEGRITY_MISMATCH,
  /** Another invocation works on this key. */
  CLAIMED,
  /** The object changed faster than it could be copied. */
  UNSTABLE,
  /** The invocation's time was up. */
  OUT_OF_TIME,
  /** There is more to do, and no other invocation could be called to do it. */
  UNFINISHED,
  /** The state store could not be asked. */
  STATE_UNAVAILABLE,
  /** A fault of our own: the message has the details. */
  UNEXPECTED
}
