package dev.twinbucket.local.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.twinbucket.local.delivery.ShakyDelivery;
import dev.twinbucket.local.gcs.GcsEventType;
import dev.twinbucket.local.gcs.GcsNotification;
import dev.twinbucket.local.gcs.LocalGcs;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change of an object reaches a function, over both ways that Google offers. */
class StorageToFunctionTest {

  private static final String TOPIC = "projects/p/topics/objects";
  private static final Duration SOON = Duration.ofSeconds(20);

  private LocalGcs gcs;
  private Storage storage;
  private RecordingEndpoint function;

  @BeforeEach
  void start() {
    gcs = LocalGcs.start().createBucket("b");
    function = new RecordingEndpoint(1);
    storage =
        StorageOptions.newBuilder()
            .setHost(gcs.endpoint())
            .setProjectId("p")
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
  }

  @AfterEach
  void stop() throws Exception {
    storage.close();
    function.close();
    gcs.close();
  }

  @Test
  void throughPubsubEvenIfTheChannelDoublesAndReorders() throws Exception {
    try (LocalPubsub pubsub = LocalPubsub.start()) {
      pubsub
          .createTopic(TOPIC)
          .subscribe(
              "projects/p/subscriptions/function",
              SubscriptionSettings.push(TOPIC, function.uri()).withRetry(RetryPolicy.QUICK));
      ShakyDelivery<GcsNotification> shaky =
          new ShakyDelivery<>(
              n -> pubsub.publish(TOPIC, n.attributes(), n.payload()),
              ShakyDelivery.Wrongs.AT_LEAST_ONCE,
              11);
      gcs.onChange(shaky);
      for (int i = 0; i < 20; i++) {
        storage.create(BlobInfo.newBuilder("b", "k" + i).build(), new byte[i]);
      }
      shaky.flush();
      assertThat(pubsub.awaitQuiet(SOON)).isTrue();
      Set<String> names = new TreeSet<>();
      for (RecordingEndpoint.Received received : function.received()) {
        names.add(
            new ObjectMapper()
                .readTree(received.body())
                .path("message")
                .path("attributes")
                .path("objectId")
                .asText());
      }
      assertThat(names).hasSize(20);
      assertThat(function.received()).hasSize(20 + (int) shaky.duplicated() + 1);
    }
  }

  @Test
  void throughADirectTriggerOfItsType() throws Exception {
    try (EventarcTrigger trigger =
        new EventarcTrigger(
            function.uri(), Set.of(GcsEventType.DELETE.cloudEventType()), RetryPolicy.QUICK)) {
      gcs.onChange(n -> trigger.accept(n.toCloudEvent()));
      storage.create(BlobInfo.newBuilder("b", "k").build(), new byte[1]);
      storage.delete("b", "k");
      assertThat(trigger.awaitQuiet(SOON)).isTrue();
      assertThat(trigger.outstanding()).isZero();
      assertThat(function.received())
          .hasSize(2)
          .allSatisfy(
              received ->
                  assertThat(received.headers())
                      .containsEntry("ce-type", "google.cloud.storage.object.v1.deleted")
                      .containsEntry("ce-subject", "objects/k"));
    }
  }
}
