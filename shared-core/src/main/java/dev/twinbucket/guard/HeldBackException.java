package dev.twinbucket.guard;

/** A write that was decided on is not made: its hint has to come back. */
public final class HeldBackException extends RuntimeException {
  private static final long serialVersionUID = 1;

  HeldBackException(String why) {
    super(why, null, false, false);
  }
}
