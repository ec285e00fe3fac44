package dev.twinbucket.local.sqs;

/** A request that the service refuses, with the codes of both protocols of SQS. */
final class SqsFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String type;
  private final String queryCode;

  private SqsFailure(String type, String queryCode, String message) {
    super(message, null, false, false);
    this.type = type;
    this.queryCode = queryCode;
  }

  static SqsFailure noSuchQueue() {
    return new SqsFailure(
        "QueueDoesNotExist",
        "AWS.SimpleQueueService.NonExistentQueue",
        "The specified queue does not exist.");
  }

  static SqsFailure invalid(String message) {
    return new SqsFailure("InvalidParameterValueException", "InvalidParameterValue", message);
  }

  static SqsFailure of(String type, String message) {
    return new SqsFailure(type, type, message);
  }

  /** A failure whose code in the older query protocol has the service's prefix. */
  static SqsFailure prefixed(String type, String message) {
    return new SqsFailure(type, "AWS.SimpleQueueService." + type, message);
  }

  String type() {
    return type;
  }

  String queryCode() {
    return queryCode;
  }
}
