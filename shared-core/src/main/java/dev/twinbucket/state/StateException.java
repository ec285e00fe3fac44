package dev.twinbucket.state;

/**
 * The state store could not be asked, or its answer was lost: retry later, nothing may be
 * concluded.
 */
public final class StateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StateException(String message, Throwable cause) {
    super(message, cause);
  }
}
