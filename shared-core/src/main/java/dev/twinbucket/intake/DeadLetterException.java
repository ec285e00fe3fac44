package dev.twinbucket.intake;

/** A dead letter is not in safe keeping, or may not be. */
public final class DeadLetterException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Without a cause that would say more. */
  public DeadLetterException(String message) {
    super(message);
  }

  /** With the vendor's own words in the cause. */
  public DeadLetterException(String message, Throwable cause) {
    super(message, cause);
  }
}
