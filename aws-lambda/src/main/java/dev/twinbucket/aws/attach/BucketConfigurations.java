package dev.twinbucket.aws.attach;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.TransitionDefaultMinimumObjectSize;

/**
 * Changes our entries in a bucket's configurations. S3 knows whole configurations only and takes no
 * condition on them, so each change is read, merge, write, and a look whether it is still there: a
 * writer that replaced ours in between is merged with once more.
 */
final class BucketConfigurations {
  /** So many writers in a row would have to come in between before we give up. */
  private static final int ATTEMPTS = 5;

  private static final int NOT_FOUND = 404;

  private final S3Client s3;

  BucketConfigurations(S3Client s3) {
    this.s3 = s3;
  }

  /** Puts our entries in, in place of earlier ones of the same name. */
  void attach(Attachment ours) {
    changeNotifications(
        ours.bucket(),
        false,
        current -> NotificationMerge.holds(current, ours),
        current -> NotificationMerge.with(current, ours));
    changeLifecycle(
        ours.bucket(),
        current -> LifecycleMerge.holds(current, ours),
        current -> LifecycleMerge.with(current, ours));
  }

  /** Takes our entries out. A bucket that is gone has none. */
  void detach(Attachment ours) {
    try {
      // Nothing new is pointed at, and a broken target of somebody else must not keep us here.
      changeNotifications(
          ours.bucket(),
          true,
          current -> NotificationMerge.holdsNone(current, ours.id()),
          current -> NotificationMerge.without(current, ours.id()));
      changeLifecycle(
          ours.bucket(),
          current -> LifecycleMerge.holdsNone(current, ours.id()),
          current -> LifecycleMerge.without(current, ours.id()));
    } catch (NoSuchBucketException gone) {
      return;
    }
  }

  private void changeNotifications(
      String bucket,
      boolean skipValidation,
      Predicate<NotificationConfiguration> isDone,
      UnaryOperator<NotificationConfiguration> change) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      NotificationConfiguration current = notifications(bucket);
      if (isDone.test(current)) {
        return;
      }
      s3.putBucketNotificationConfiguration(
          put ->
              put.bucket(bucket)
                  .notificationConfiguration(change.apply(current))
                  .skipDestinationValidation(skipValidation));
    }
    requireDone(isDone.test(notifications(bucket)), bucket, "notification");
  }

  private NotificationConfiguration notifications(String bucket) {
    var response = s3.getBucketNotificationConfiguration(get -> get.bucket(bucket));
    return NotificationConfiguration.builder()
        .queueConfigurations(response.queueConfigurations())
        .topicConfigurations(response.topicConfigurations())
        .lambdaFunctionConfigurations(response.lambdaFunctionConfigurations())
        .eventBridgeConfiguration(response.eventBridgeConfiguration())
        .build();
  }

  private void changeLifecycle(
      String bucket,
      Predicate<List<LifecycleRule>> isDone,
      UnaryOperator<List<LifecycleRule>> change) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Lifecycle current = lifecycle(bucket);
      if (isDone.test(current.rules())) {
        return;
      }
      List<LifecycleRule> wanted = change.apply(current.rules());
      if (wanted.isEmpty()) {
        s3.deleteBucketLifecycle(delete -> delete.bucket(bucket));
      } else {
        s3.putBucketLifecycleConfiguration(
            put ->
                put.bucket(bucket)
                    .lifecycleConfiguration(configuration -> configuration.rules(wanted))
                    .transitionDefaultMinimumObjectSize(current.smallestTransition()));
      }
    }
    requireDone(isDone.test(lifecycle(bucket).rules()), bucket, "lifecycle");
  }

  private Lifecycle lifecycle(String bucket) {
    try {
      GetBucketLifecycleConfigurationResponse response =
          s3.getBucketLifecycleConfiguration(get -> get.bucket(bucket));
      return new Lifecycle(response.rules(), response.transitionDefaultMinimumObjectSize());
    } catch (NoSuchBucketException gone) {
      throw gone;
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND
          && "NoSuchLifecycleConfiguration".equals(e.awsErrorDetails().errorCode())) {
        return new Lifecycle(List.of(), null);
      }
      throw e;
    }
  }

  private static void requireDone(boolean done, String bucket, String kind) {
    if (!done) {
      throw new IllegalStateException(
          "somebody else keeps replacing the " + kind + " configuration of " + bucket);
    }
  }

  /**
   * A bucket's lifecycle configuration.
   *
   * @param rules all of them
   * @param smallestTransition a setting beside the rules that a write without it would reset; null
   *     if there is no configuration, as the SDK has it
   */
  private record Lifecycle(
      List<LifecycleRule> rules, TransitionDefaultMinimumObjectSize smallestTransition) {}
}
