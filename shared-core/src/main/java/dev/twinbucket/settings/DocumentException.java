package dev.twinbucket.settings;

/** A document cannot be had. The message never holds any of its content. */
public final class DocumentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DocumentException(String message, Throwable cause) {
    super(message, cause);
  }
}
