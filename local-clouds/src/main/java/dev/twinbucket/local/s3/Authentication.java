package dev.twinbucket.local.s3;

import java.util.regex.Pattern;

/** Accepts every well-formed Signature Version 4; the signature itself is not verified. */
final class Authentication {
  private static final Pattern HEADER =
      Pattern.compile(
          "AWS4-HMAC-SHA256 +Credential=[^/, ]+/\\d{8}/[^/, ]+/[^/, ]+/aws4_request, *"
              + "SignedHeaders=[^, ]+, *Signature=[0-9a-f]{64}");

  private volatile boolean refuse;

  void refuse(boolean all) {
    refuse = all;
  }

  void check(S3Call call) {
    if (refuse) {
      throw ErrorCode.INVALID_ACCESS_KEY_ID.failure();
    }
    boolean presigned =
        call.query().first("X-Amz-Algorithm").filter("AWS4-HMAC-SHA256"::equals).isPresent()
            && call.query().has("X-Amz-Signature")
            && call.query().has("X-Amz-Credential");
    if (!presigned) {
      String header = call.header("Authorization").orElseThrow(ErrorCode.ACCESS_DENIED::failure);
      if (!HEADER.matcher(header).matches()) {
        throw ErrorCode.AUTHORIZATION_HEADER_MALFORMED.failure();
      }
    }
  }
}
