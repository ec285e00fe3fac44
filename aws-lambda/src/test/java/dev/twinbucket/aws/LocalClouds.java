package dev.twinbucket.aws;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.twinbucket.local.gcs.LocalGcs;
import dev.twinbucket.local.s3.LocalS3;
import dev.twinbucket.local.sqs.LocalSqs;
import dev.twinbucket.outcome.LogFormat;
import dev.twinbucket.wiring.Surroundings;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Embedded clouds, with a bucket on each side and the queue that the one on S3 notifies. What the
 * SDKs take from standard variables in a function they take from the system properties of the same
 * meaning here; they are put back in the end.
 */
final class LocalClouds implements AutoCloseable {
  static final String LEFT = "left";
  static final String RIGHT = "right";
  static final String QUEUE = "notifications";
  static final String DEAD_LETTERS = "dead-letters";

  private static final String REGION = "us-east-1";

  final LocalS3 s3 = LocalS3.builder().bucket(LEFT).start();
  final LocalGcs gcs = LocalGcs.start().createBucket(RIGHT);
  final LocalSqs sqs = LocalSqs.start();
  final List<String> lines = new CopyOnWriteArrayList<>();
  private final Map<String, String> before = new HashMap<>();

  LocalClouds() {
    sqs.createQueue(DEAD_LETTERS, Map.of());
    sqs.createQueue(QUEUE, Map.of("VisibilityTimeout", "0"));
    set("aws.region", REGION);
    set("aws.accessKeyId", "test");
    set("aws.secretAccessKey", "test");
    set("aws.endpointUrlS3", s3.endpoint());
    set("aws.endpointUrlSqs", sqs.endpoint());
    s3.connectQueues(sqs);
    try (S3Client client = s3()) {
      QueueConfiguration queue =
          QueueConfiguration.builder()
              .queueArn(sqs.arn(QUEUE))
              .events(Event.S3_OBJECT_CREATED, Event.S3_OBJECT_REMOVED)
              .build();
      client.putBucketNotificationConfiguration(
          put ->
              put.bucket(LEFT)
                  .notificationConfiguration(all -> all.queueConfigurations(List.of(queue))));
    }
  }

  /** The environment of a function that copies from the left to the right. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("TWINBUCKET_LEFT", "s3://" + LEFT + "/");
    environment.put("TWINBUCKET_RIGHT", "gs://" + RIGHT + "/");
    environment.put("TWINBUCKET_DIRECTION", "left-to-right");
    environment.put("TWINBUCKET_STATE", "memory:");
    environment.put("TWINBUCKET_DEAD_LETTER_QUEUE", sqs.url(DEAD_LETTERS));
    environment.put("STORAGE_EMULATOR_HOST", gcs.endpoint());
    return environment;
  }

  /** The system's clock and randomness, no time lost in pauses, lines kept. */
  Surroundings surroundings() {
    SecureRandom random = new SecureRandom();
    return new Surroundings(
        Clock.systemUTC(), _ -> {}, () -> random, LogFormat.CLOUDWATCH, lines::add);
  }

  ReplicationHandler handler() {
    return new ReplicationHandler(environment(), surroundings());
  }

  ReplicationHandler handler(Map<String, String> environment) {
    return new ReplicationHandler(environment, surroundings());
  }

  S3Client s3() {
    return S3Client.builder()
        .httpClientBuilder(Apache5HttpClient.builder())
        .forcePathStyle(true)
        .build();
  }

  /** Puts an object into the bucket on GCS as a user would. */
  void putRight(String key, byte[] bytes) {
    Storage storage =
        StorageOptions.http()
            .setHost(gcs.endpoint())
            .setProjectId("test")
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
    storage.create(BlobInfo.newBuilder(RIGHT, key).build(), bytes);
  }

  SqsClient sqs() {
    return SqsClient.builder()
        .httpClientBuilder(Apache5HttpClient.builder())
        .region(Region.of(REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .build();
  }

  private void set(String property, String value) {
    before.put(property, System.setProperty(property, value));
  }

  @Override
  public void close() {
    before.forEach(
        (property, value) -> {
          if (value == null) {
            System.clearProperty(property);
          } else {
            System.setProperty(property, value);
          }
        });
    s3.close();
    gcs.close();
    sqs.close();
  }
}
