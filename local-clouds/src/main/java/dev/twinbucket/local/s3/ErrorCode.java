package dev.twinbucket.local.s3;

/** The error codes of the S3 API that this server answers with. */
enum ErrorCode {
  ACCESS_DENIED("AccessDenied", 403, "Access Denied"),
  AUTHORIZATION_HEADER_MALFORMED(
      "AuthorizationHeaderMalformed", 400, "The authorization header is malformed."),
  BAD_DIGEST("BadDigest", 400, "The checksum you specified did not match what we received."),
  BAD_REQUEST("BadRequest", 400, "Bad Request"),
  BUCKET_ALREADY_OWNED_BY_YOU(
      "BucketAlreadyOwnedByYou", 409, "The bucket exists already and is yours."),
  BUCKET_NOT_EMPTY("BucketNotEmpty", 409, "The bucket you tried to delete is not empty."),
  ENTITY_TOO_LARGE("EntityTooLarge", 400, "The upload exceeds the maximum allowed object size."),
  ENTITY_TOO_SMALL("EntityTooSmall", 400, "A part is smaller than the minimum allowed size."),
  ILLEGAL_VERSIONING_CONFIGURATION(
      "IllegalVersioningConfigurationException", 400, "The versioning status is not valid."),
  INCOMPLETE_BODY("IncompleteBody", 400, "The body is shorter than its Content-Length."),
  INVALID_ACCESS_KEY_ID(
      "InvalidAccessKeyId", 403, "The AWS access key ID does not exist in our records."),
  INVALID_ARGUMENT("InvalidArgument", 400, "Invalid argument"),
  INVALID_BUCKET_NAME("InvalidBucketName", 400, "The specified bucket is not valid."),
  INVALID_DIGEST("InvalidDigest", 400, "The Content-MD5 you specified is not valid."),
  INVALID_OBJECT_STATE(
      "InvalidObjectState", 403, "The object's storage class does not allow this operation."),
  INVALID_PART("InvalidPart", 400, "A part could not be found, or its entity tag is another."),
  INVALID_PART_ORDER("InvalidPartOrder", 400, "The parts were not in ascending order."),
  INVALID_RANGE("InvalidRange", 416, "The requested range is not satisfiable"),
  INVALID_REQUEST("InvalidRequest", 400, "Invalid request"),
  INVALID_STORAGE_CLASS("InvalidStorageClass", 400, "The storage class is not valid."),
  INVALID_TAG("InvalidTag", 400, "A tag is not valid."),
  INVALID_URI("InvalidURI", 400, "The URI could not be parsed."),
  KEY_TOO_LONG("KeyTooLongError", 400, "Your key is too long"),
  MALFORMED_TRAILER("MalformedTrailerError", 400, "The trailer is not well formed."),
  MALFORMED_XML("MalformedXML", 400, "The XML was not well formed or not of the right schema."),
  METADATA_TOO_LARGE(
      "MetadataTooLarge", 400, "Your metadata headers exceed the maximum allowed metadata size"),
  METHOD_NOT_ALLOWED(
      "MethodNotAllowed", 405, "The specified method is not allowed against this resource."),
  MISSING_CONTENT_LENGTH("MissingContentLength", 411, "You must provide Content-Length."),
  NO_SUCH_BUCKET("NoSuchBucket", 404, "The specified bucket does not exist"),
  NO_SUCH_KEY("NoSuchKey", 404, "The specified key does not exist."),
  NO_SUCH_UPLOAD("NoSuchUpload", 404, "The upload does not exist, was completed, or was aborted."),
  NO_SUCH_VERSION("NoSuchVersion", 404, "The specified version does not exist."),
  NOT_IMPLEMENTED(
      "NotImplemented", 501, "What you asked for implies functionality that is not implemented."),
  NOT_MODIFIED("NotModified", 304, "Not Modified"),
  PRECONDITION_FAILED("PreconditionFailed", 412, "At least one of the preconditions did not hold"),
  RESTORE_ALREADY_IN_PROGRESS(
      "RestoreAlreadyInProgress", 409, "Object restore is already in progress"),
  CONTENT_SHA256_MISMATCH(
      "XAmzContentSHA256Mismatch", 400, "The x-amz-content-sha256 is not that of the body.");

  private final String code;
  private final int status;
  private final String message;

  ErrorCode(String code, int status, String message) {
    this.code = code;
    this.status = status;
    this.message = message;
  }

  String code() {
    return code;
  }

  int status() {
    return status;
  }

  String message() {
    return message;
  }

  S3Failure failure() {
    return failure(message);
  }

  S3Failure failure(String detail) {
    return new S3Failure(this, detail);
  }
}
