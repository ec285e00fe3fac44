package dev.twinbucket.outcome;

/** Why something can never work as it is. */
public enum QuarantineReason {
  /** The payload is no notification of a known format. */
  UNREADABLE_NOTIFICATION,
  /** The destination cannot hold an object of this name. */
  KEY_NOT_POSSIBLE,
  /** The destination cannot hold these attributes, or this much of them. */
  ATTRIBUTES_NOT_POSSIBLE,
  /** The destination cannot hold an object of this size. */
  TOO_LARGE,
  /** A part of it is more than the function's memory can hold. */
  TOO_LITTLE_MEMORY,
  /** Several invocations in a row could not get any further with it. */
  NO_PROGRESS,
  /** The destination refuses the request for another reason, and will refuse it again. */
  REFUSED
}
