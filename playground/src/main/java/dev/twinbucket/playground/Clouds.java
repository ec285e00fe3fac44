package dev.twinbucket.playground;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.twinbucket.local.gcs.GcsUploadView;
import dev.twinbucket.local.gcs.LocalGcs;
import dev.twinbucket.local.s3.LocalS3;
import dev.twinbucket.local.s3.OpenUpload;
import dev.twinbucket.local.sqs.LocalSqs;
import dev.twinbucket.playground.Sample.Cloud;
import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Both clouds on loopback: a bucket on each, the queue that S3 notifies, and the dead letters. */
final class Clouds implements AutoCloseable {
  static final String LEFT = "twinbucket-left";
  static final String RIGHT = "twinbucket-right";
  private static final String STATE = "twinbucket-state";
  private static final String QUEUE = "notifications";
  private static final String REGION = "us-east-1";
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

  private final LocalS3 s3;
  private final LocalGcs gcs;
  private final String logLevel;
  private final LocalSqs sqs = LocalSqs.start();

  Clouds(Options options) {
    int s3Port = options.s3Port();
    int gcsPort = options.gcsPort();
    logLevel = options.verbose() ? "info" : "warn";
    s3 = LocalS3.builder().port(s3Port).bucket(LEFT).bucket(STATE).start();
    gcs = LocalGcs.builder().port(gcsPort).start().createBucket(RIGHT);
    sqs.createQueueWithDeadLetters(QUEUE, 5, Map.of("VisibilityTimeout", "30"));
    s3.connectQueues(sqs);
    s3.notifyQueue(LEFT, sqs.arn(QUEUE));
  }

  LocalS3 s3() {
    return s3;
  }

  LocalGcs gcs() {
    return gcs;
  }

  String queueUrl() {
    return sqs.url(QUEUE);
  }

  int deadLetters() {
    return sqs.bodies(QUEUE + "-dlq").size();
  }

  /** Bytes that have arrived on a side in parts and are not to be seen there yet. */
  long underWay(Cloud side) {
    return switch (side) {
      case S3 -> s3.openUploads(LEFT).stream().mapToLong(OpenUpload::bytes).sum();
      case GCS -> gcs.openMultipartUploads().stream().mapToLong(GcsUploadView::bytes).sum();
    };
  }

  /** What a function finds in its environment: the SDKs' standard variables and our own. */
  Map<String, String> environment() {
    return Map.ofEntries(
        Map.entry("AWS_ENDPOINT_URL_S3", s3.endpoint()),
        Map.entry("AWS_ENDPOINT_URL_SQS", sqs.endpoint()),
        Map.entry("AWS_REGION", REGION),
        Map.entry("AWS_ACCESS_KEY_ID", "local"),
        Map.entry("AWS_SECRET_ACCESS_KEY", "local"),
        Map.entry("STORAGE_EMULATOR_HOST", gcs.endpoint()),
        Map.entry("TWINBUCKET_LEFT", "s3://" + LEFT + "/"),
        Map.entry("TWINBUCKET_RIGHT", "gs://" + RIGHT + "/"),
        Map.entry("TWINBUCKET_LOG_LEVEL", logLevel),
        Map.entry("TWINBUCKET_DIRECTION", "two-way"),
        Map.entry("TWINBUCKET_STATE", "s3://" + STATE + "/rows/"),
        Map.entry("TWINBUCKET_DEAD_LETTER_QUEUE", sqs.url(QUEUE + "-dlq")));
  }

  S3Client s3Client() {
    return S3Client.builder()
        .endpointOverride(URI.create(s3.endpoint()))
        .region(Region.of(REGION))
        .credentialsProvider(CREDENTIALS)
        .httpClientBuilder(Apache5HttpClient.builder())
        .forcePathStyle(true)
        .build();
  }

  Storage gcsClient() {
    return StorageOptions.http()
        .setHost(gcs.endpoint())
        .setProjectId("local")
        .setCredentials(NoCredentials.getInstance())
        .build()
        .getService();
  }

  SqsClient sqsClient() {
    return SqsClient.builder()
        .endpointOverride(URI.create(sqs.endpoint()))
        .region(Region.of(REGION))
        .credentialsProvider(CREDENTIALS)
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  @Override
  public void close() {
    sqs.close();
    gcs.close();
    s3.close();
  }
}
