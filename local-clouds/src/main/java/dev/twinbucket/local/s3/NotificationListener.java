package dev.twinbucket.local.s3;

/**
 * Receives notifications inside the process. Called on the thread of the request after the change
 * was committed and before the answer is sent, so that a test sees the notification of a call when
 * the call has returned. Several threads may call at once.
 */
@FunctionalInterface
public interface NotificationListener {
  /**
   * Takes one notification.
   *
   * @param bucket the bucket that it is about
   * @param json the notification as S3 sends it to a queue: an object with {@code Records}
   */
  void onNotification(String bucket, String json);
}
