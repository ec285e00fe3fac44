package dev.twinbucket.guard;

/** What is to become of a delete that was decided on. */
public enum Verdict {
  /** It may be made now. */
  GO,
  /** Answering took long: everything is to be looked at anew before it is asked again. */
  LOOK_AGAIN,
  /** An operator has dropped it: the other side stays as it is. */
  DISCARD,
  /**
   * An operator has dropped deletes of its time, and the hint at hand is not the deletion's own,
   * which will tell.
   */
  LEAVE
}
