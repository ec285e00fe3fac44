package dev.twinbucket.gcp;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.twinbucket.local.gcs.LocalGcs;
import dev.twinbucket.local.pubsub.LocalPubsub;
import dev.twinbucket.local.pubsub.SubscriptionSettings;
import dev.twinbucket.local.s3.LocalS3;
import dev.twinbucket.outcome.LogFormat;
import dev.twinbucket.wiring.Surroundings;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Embedded clouds with a bucket on each side and a topic for dead letters. What the AWS SDK takes
 * from standard variables in a function it takes from the system properties of the same meaning
 * here; they are put back in the end.
 */
final class LocalClouds implements AutoCloseable {
  static final String LEFT = "left";
  static final String RIGHT = "right";
  static final String DEAD_LETTERS = "projects/test/topics/dead-letters";
  static final String KEPT = "projects/test/subscriptions/dead-letters";

  final LocalS3 s3 = LocalS3.builder().bucket(LEFT).start();
  final LocalGcs gcs = LocalGcs.start().createBucket(RIGHT);
  final LocalPubsub pubsub = LocalPubsub.start();
  final Storage storage;
  final List<String> lines = new CopyOnWriteArrayList<>();
  private final Map<String, String> before = new HashMap<>();

  LocalClouds() {
    set("aws.region", "us-east-1");
    set("aws.accessKeyId", "test");
    set("aws.secretAccessKey", "test");
    set("aws.endpointUrlS3", s3.endpoint());
    pubsub.createTopic(DEAD_LETTERS).subscribe(KEPT, SubscriptionSettings.pull(DEAD_LETTERS));
    storage =
        StorageOptions.http()
            .setHost(gcs.endpoint())
            .setProjectId("test")
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
  }

  /** The environment of a function that copies from the right to the left. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("TWINBUCKET_LEFT", "s3://" + LEFT + "/");
    environment.put("TWINBUCKET_RIGHT", "gs://" + RIGHT + "/");
    environment.put("TWINBUCKET_DIRECTION", "right-to-left");
    environment.put("TWINBUCKET_STATE", "memory:");
    environment.put("TWINBUCKET_DEAD_LETTER_TOPIC", DEAD_LETTERS);
    environment.put("STORAGE_EMULATOR_HOST", gcs.endpoint());
    environment.put("PUBSUB_EMULATOR_HOST", pubsub.endpoint().substring("http://".length()));
    return environment;
  }

  FunctionIntake start(Map<String, String> environment) {
    SecureRandom random = new SecureRandom();
    return FunctionWiring.start(
        environment,
        new Surroundings(Clock.systemUTC(), _ -> {}, () -> random, LogFormat.GOOGLE, lines::add));
  }

  FunctionIntake start() {
    return start(environment());
  }

  void put(String key, String text) {
    storage.create(BlobInfo.newBuilder(RIGHT, key).build(), text.getBytes(StandardCharsets.UTF_8));
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
    pubsub.close();
  }
}
