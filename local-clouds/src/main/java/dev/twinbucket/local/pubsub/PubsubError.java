package dev.twinbucket.local.pubsub;

/** A request refused, with the status in both of Google's spellings. */
final class PubsubError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int code;
  private final String status;

  PubsubError(int code, String status, String message) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
  }

  int code() {
    return code;
  }

  String status() {
    return status;
  }

  static PubsubError notFound(String name) {
    return new PubsubError(404, "NOT_FOUND", "Resource not found (resource=" + name + ").");
  }

  static PubsubError exists(String name) {
    return new PubsubError(
        409, "ALREADY_EXISTS", "Resource already exists in the project (resource=" + name + ").");
  }

  static PubsubError invalid(String message) {
    return new PubsubError(400, "INVALID_ARGUMENT", message);
  }
}
