package dev.twinbucket.reconcile;

/** A listing is not to be trusted: it broke off, or is not in order. The run ends there. */
public final class ListingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ListingException(String message) {
    super(message);
  }

  ListingException(String message, Throwable cause) {
    super(message, cause);
  }
}
