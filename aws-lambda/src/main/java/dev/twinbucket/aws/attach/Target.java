package dev.twinbucket.aws.attach;

/** Where a bucket's notifications are to go. */
sealed interface Target {
  /** An SQS queue, by its ARN. */
  record Queue(String arn) implements Target {}

  /** An SNS topic, by its ARN. */
  record Topic(String arn) implements Target {}

  /** A Lambda function or an alias of one, by its ARN. */
  record Function(String arn) implements Target {}

  /** The default event bus of the account, where rules pick out what they want. */
  record EventBridge() implements Target {}
}
