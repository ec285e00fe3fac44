package dev.twinbucket.work;

/** A hint is not on the queue, or may not be. */
public final class WorkQueueException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Without a cause that would say more. */
  public WorkQueueException(String message) {
    super(message);
  }

  /** With the vendor's own words in the cause. */
  public WorkQueueException(String message, Throwable cause) {
    super(message, cause);
  }
}
