package dev.twinbucket.credentials;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Tells what other credentials might change from what they cannot.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3's list of
 *     error codes</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html">
 *     DynamoDB's</a>
 */
final class Refusals {
  /** Those that come with another status than 401 and 403. */
  private static final Set<String> CODES =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidToken",
          "TokenRefreshRequired",
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "IncompleteSignature",
          "AuthFailure",
          "AccessDeniedException");

  private Refusals() {}

  /** Whether it was the caller who was refused, and not what the caller asked for. */
  static boolean isOfCaller(AwsServiceException failure) {
    int status = failure.statusCode();
    String code =
        failure.awsErrorDetails() == null || failure.awsErrorDetails().errorCode() == null
            ? ""
            : failure.awsErrorDetails().errorCode();
    // The answer to a HEAD has no body: an expired token is a mere 400 there.
    return status == 401 || status == 403 || CODES.contains(code) || isMuteBadRequest(status, code);
  }

  private static boolean isMuteBadRequest(int status, String code) {
    return status == 400 && (code.isEmpty() || code.equals("400"));
  }
}
