package dev.twinbucket.store.s3;

import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.StoreException.InvalidRequest;
import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Turns the SDK's exceptions into the port's, by error code first and by status where there is no
 * code that we know.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3's list of
 *     error codes</a>
 */
final class S3Errors {
  private S3Errors() {}

  /** What that failure means to the caller of an operation on {@code what}. */
  static StoreException translate(Object what, SdkException failure) {
    String message = what + ": " + failure.getMessage();
    if (!(failure instanceof AwsServiceException service)) {
      return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("credentials")
          ? new StoreException.AccessDenied(message, failure)
          : new StoreException.Unavailable(message, failure);
    }
    return switch (code(service)) {
      case "NoSuchBucket", "PermanentRedirect" ->
          new StoreException.BucketNotFound(message, failure);
      case "NoSuchKey", "NoSuchVersion" -> new StoreException.ObjectNotFound(message, failure);
      case "NoSuchUpload" -> new StoreException.UploadNotFound(message, failure);
      case "PreconditionFailed", "ConditionalRequestConflict" ->
          new StoreException.ConditionFailed(message, failure);
      case "BadDigest", "XAmzContentChecksumMismatch", "XAmzContentSHA256Mismatch" ->
          new StoreException.IntegrityMismatch(message, failure);
      case "InvalidObjectState" -> new StoreException.Archived(message, failure);
      case "ExpiredToken",
          "InvalidToken",
          "TokenRefreshRequired",
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "RequestTimeTooSkewed",
          "RequestExpired",
          "AccessDenied" ->
          new StoreException.AccessDenied(message, failure);
      case "SlowDown",
          "Throttling",
          "ThrottlingException",
          "RequestLimitExceeded",
          "TooManyRequests" ->
          new StoreException.Throttled(message, failure);
      // A part that was replaced or is not there any more: whoever lists the parts anew sees it.
      case "InvalidPart" -> new StoreException.Unavailable(message, failure);
      case "RequestTimeout", "IncompleteBody", "OperationAborted" ->
          new StoreException.Unavailable(message, failure);
      case "NotImplemented" -> new StoreException.Unsupported(message, failure);
      case "KeyTooLongError", "KeyTooLong" ->
          new InvalidRequest(InvalidRequest.Kind.KEY, message, failure);
      case "MetadataTooLarge", "InvalidTag" ->
          new InvalidRequest(InvalidRequest.Kind.ATTRIBUTES, message, failure);
      case "EntityTooLarge" -> new InvalidRequest(InvalidRequest.Kind.SIZE, message, failure);
      default -> byStatus(service.statusCode(), message, failure);
    };
  }

  private static StoreException byStatus(int status, String message, SdkException failure) {
    return switch (status) {
      case 301, 307, 308 -> new StoreException.BucketNotFound(message, failure);
      case 304, 412 -> new StoreException.ConditionFailed(message, failure);
      case 401, 403 -> new StoreException.AccessDenied(message, failure);
      case 404, 410 -> new StoreException.ObjectNotFound(message, failure);
      case 408 -> new StoreException.Unavailable(message, failure);
      case 413 -> new InvalidRequest(InvalidRequest.Kind.SIZE, message, failure);
      case 429 -> new StoreException.Throttled(message, failure);
      case 405, 501 -> new StoreException.Unsupported(message, failure);
      default ->
          status >= 400 && status < 500 && status != 409
              ? new InvalidRequest(InvalidRequest.Kind.OTHER, message, failure)
              : new StoreException.Unavailable(message, failure);
    };
  }

  /** The error code in the body; empty if there was no body. */
  static String code(AwsServiceException failure) {
    return failure.awsErrorDetails() == null || failure.awsErrorDetails().errorCode() == null
        ? ""
        : failure.awsErrorDetails().errorCode();
  }
}
