package dev.twinbucket.local.gcs;

/**
 * A request refused. Carries what both APIs need to say so: the HTTP status, the JSON API's reason
 * and the XML API's code.
 *
 * @see <a href="https://cloud.google.com/storage/docs/json_api/v1/status-codes">JSON API status
 *     codes</a>
 * @see <a href="https://cloud.google.com/storage/docs/xml-api/reference-status">XML API status
 *     codes</a>
 */
final class GcsError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;
  private final String xmlCode;

  GcsError(int status, String reason, String xmlCode, String message) {
    super(message, null, false, false);
    this.status = status;
    this.reason = reason;
    this.xmlCode = xmlCode;
  }

  int status() {
    return status;
  }

  String reason() {
    return reason;
  }

  String xmlCode() {
    return xmlCode;
  }

  static GcsError noSuchBucket() {
    return new GcsError(404, "notFound", "NoSuchBucket", "The specified bucket does not exist.");
  }

  static GcsError noSuchObject(String bucket, String name) {
    return new GcsError(404, "notFound", "NoSuchKey", "No such object: " + bucket + "/" + name);
  }

  static GcsError noSuchUpload() {
    return new GcsError(404, "notFound", "NoSuchUpload", "The requested upload was not found.");
  }

  static GcsError noSuchMethod(String method, String path) {
    return new GcsError(
        404, "notFound", "NotFound", "No operation here answers " + method + " " + path);
  }

  static GcsError preconditionFailed() {
    return new GcsError(
        412,
        "conditionNotMet",
        "PreconditionFailed",
        "At least one of the pre-conditions you specified did not hold.");
  }

  static GcsError notModified() {
    return new GcsError(304, "notModified", "NotModified", "Not Modified");
  }

  static GcsError invalid(String message) {
    return new GcsError(400, "invalid", "InvalidArgument", message);
  }

  static GcsError required(String what) {
    return new GcsError(400, "required", "InvalidArgument", "Required parameter: " + what);
  }

  static GcsError badDigest(String message) {
    return new GcsError(400, "invalid", "BadDigest", message);
  }

  static GcsError conflict(String code, String message) {
    return new GcsError(409, "conflict", code, message);
  }

  static GcsError rangeNotSatisfiable() {
    return new GcsError(
        416,
        "requestedRangeNotSatisfiable",
        "InvalidRange",
        "The requested range cannot be satisfied.");
  }

  static GcsError tooManyMutations(String bucket, String name) {
    return new GcsError(
        429,
        "rateLimitExceeded",
        "SlowDown",
        "The object "
            + bucket
            + "/"
            + name
            + " exceeded the rate limit for object mutation operations (create, update, and"
            + " delete). Please reduce your request rate.");
  }
}
