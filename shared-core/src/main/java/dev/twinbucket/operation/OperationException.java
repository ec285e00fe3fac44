package dev.twinbucket.operation;

/** An operation was asked for in a way that cannot be followed; the message says what is wrong. */
public final class OperationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public OperationException(String message) {
    super(message, null, false, false);
  }
}
