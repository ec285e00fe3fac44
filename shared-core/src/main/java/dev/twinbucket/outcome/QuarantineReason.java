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
  /** The destination refuses the request for another reason, and will refuse it again. */
  REFUSED
}
