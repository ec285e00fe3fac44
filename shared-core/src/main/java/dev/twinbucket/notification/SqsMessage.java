package dev.twinbucket.notification;

/**
 * One message of a batch that Lambda took from SQS.
 *
 * @param messageId what a partial batch failure names
 * @param receiptHandle what a change of its visibility names; empty if absent
 * @param body for {@link NotificationReader}
 * @param queueArn the queue it came from; empty if absent
 * @param receiveCount how often it was received, this time included; at least 1
 */
public record SqsMessage(
    String messageId, String receiptHandle, String body, String queueArn, int receiveCount) {}
