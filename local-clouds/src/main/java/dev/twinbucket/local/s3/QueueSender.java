package dev.twinbucket.local.s3;

/** The way from the embedded S3 to queues that buckets are configured to notify. */
public interface QueueSender {
  /** Whether a queue of this ARN exists. S3 refuses a configuration that names another. */
  boolean exists(String queueArn);

  /** Sends one message. */
  void send(String queueArn, String body);
}
