package dev.twinbucket.store.gcs;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import com.google.cloud.BaseServiceException;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.StoreException.InvalidRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns failures of both of GCS's APIs into the port's exceptions.
 *
 * @see <a href="https://docs.cloud.google.com/storage/docs/json_api/v1/status-codes">GCS's status
 *     codes and reasons</a>
 */
final class GcsErrors {
  private static final Pattern XML_CODE = Pattern.compile("<Code>([A-Za-z]+)</Code>");

  private GcsErrors() {}

  /** What a failure of the SDK means to the caller of an operation on {@code what}. */
  static StoreException translate(Object what, BaseServiceException failure) {
    String reason = failure.getReason() == null ? "" : failure.getReason();
    return of(what, failure.getCode(), reason, failure);
  }

  /** The same for a failure of a request about a multipart upload. */
  static StoreException ofUpload(Object what, Exception failure) {
    Optional<HttpResponseException> answer = answer(failure);
    int status = answer.map(HttpResponseException::getStatusCode).orElse(0);
    String message = what + ": " + firstLine(failure.getMessage());
    return switch (answer.map(GcsErrors::xmlCode).orElse("")) {
      case "NoSuchUpload" -> new StoreException.UploadNotFound(message, failure);
      case "NoSuchBucket" -> new StoreException.BucketNotFound(message, failure);
      // A part that was replaced or is not there any more: whoever lists the parts anew sees it.
      case "InvalidPart" -> new StoreException.Unavailable(message, failure);
      case "BadDigest" -> new StoreException.IntegrityMismatch(message, failure);
      case "MetadataTooLarge" ->
          new InvalidRequest(InvalidRequest.Kind.ATTRIBUTES, message, failure);
      case "EntityTooLarge" -> new InvalidRequest(InvalidRequest.Kind.SIZE, message, failure);
      case "EntityTooSmall", "InvalidPartOrder" ->
          new InvalidRequest(InvalidRequest.Kind.OTHER, message, failure);
      default ->
          status == 404
              ? new StoreException.UploadNotFound(message, failure)
              : of(what, status, "", failure);
    };
  }

  /** Whether a server answered that it cannot do it just now. */
  static boolean isServersFault(Exception failure) {
    return answer(failure)
        .map(HttpResponseException::getStatusCode)
        .filter(status -> status >= 500 || status == 429 || status == 408)
        .isPresent();
  }

  /** What the server answered, wherever the SDK has put it. */
  private static Optional<HttpResponseException> answer(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpResponseException answer) {
        return Optional.of(answer);
      }
    }
    return Optional.empty();
  }

  private static String xmlCode(HttpResponseException answer) {
    Matcher code = XML_CODE.matcher(answer.getContent() == null ? "" : answer.getContent());
    return code.find() ? code.group(1) : "";
  }

  /** The same for a failure of the transport that the SDK sits on. */
  static StoreException translate(Object what, IOException failure) {
    int status = failure instanceof HttpResponseException answered ? answered.getStatusCode() : 0;
    return of(what, status, "", failure);
  }

  private static StoreException of(Object what, int status, String reason, Exception failure) {
    String message = what + ": " + firstLine(failure.getMessage());
    return switch (status) {
      case 304, 412 -> new StoreException.ConditionFailed(message, failure);
      case 301, 302, 307, 308 -> new StoreException.BucketNotFound(message, failure);
      case 401 -> new StoreException.AccessDenied(message, failure);
      case 403 ->
          reason.toLowerCase(Locale.ROOT).contains("ratelimit")
              ? new StoreException.Throttled(message, failure)
              : new StoreException.AccessDenied(message, failure);
      case 404 ->
          isAboutBucket(message)
              ? new StoreException.BucketNotFound(message, failure)
              : new StoreException.ObjectNotFound(message, failure);
      case 413 -> new InvalidRequest(InvalidRequest.Kind.SIZE, message, failure);
      case 429 -> new StoreException.Throttled(message, failure);
      case 501 -> new StoreException.Unsupported(message, failure);
      case 400 -> badRequest(message, failure);
      case 405, 411, 414, 416, 431 ->
          new InvalidRequest(InvalidRequest.Kind.OTHER, message, failure);
      default ->
          isRefusedLogin(failure)
              ? new StoreException.AccessDenied(message, failure)
              : new StoreException.Unavailable(message, failure);
    };
  }

  private static StoreException badRequest(String message, Exception failure) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("crc32c") || lower.contains("checksum") || lower.contains("md5")) {
      return new StoreException.IntegrityMismatch(message, failure);
    }
    if (lower.contains("invalid_grant")) {
      return new StoreException.AccessDenied(message, failure);
    }
    return new InvalidRequest(
        lower.contains("metadata") ? InvalidRequest.Kind.ATTRIBUTES : InvalidRequest.Kind.OTHER,
        message,
        failure);
  }

  private static boolean isAboutBucket(String message) {
    return message.toLowerCase(Locale.ROOT).contains("bucket does not exist");
  }

  /** The token's own server refused, or nobody knows any credentials at all. */
  private static boolean isRefusedLogin(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Retryable login) {
        return !login.isRetryable();
      }
    }
    return false;
  }

  private static String firstLine(String message) {
    return message == null ? "no reason given" : message.lines().findFirst().orElse("");
  }
}
