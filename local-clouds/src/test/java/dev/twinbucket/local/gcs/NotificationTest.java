package dev.twinbucket.local.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.twinbucket.local.pubsub.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each change is told as. */
class NotificationTest {

  private LocalGcs gcs;
  private Wire wire;
  private final List<GcsNotification> told = new ArrayList<>();

  @BeforeEach
  void start() {
    gcs =
        LocalGcs.start().createBucket("plain").createBucket("versioned", BucketSettings.VERSIONED);
    gcs.onChange(told::add);
    wire = new Wire(gcs.endpoint());
  }

  @AfterEach
  void stop() {
    wire.close();
    gcs.close();
  }

  private void put(String bucket, String key) throws Exception {
    assertThat(
            wire.send("PUT", "/" + bucket + "/" + key, "x".getBytes(StandardCharsets.UTF_8))
                .statusCode())
        .isEqualTo(200);
  }

  private List<String> types() {
    return told.stream().map(n -> n.type() + " " + n.name()).toList();
  }

  @Test
  void aPatchIsAMetadataUpdateOfTheSameGeneration() throws Exception {
    put("plain", "k");
    wire.send(
        "PATCH",
        "/storage/v1/b/plain/o/k",
        "{\"metadata\":{\"a\":\"1\"}}".getBytes(StandardCharsets.UTF_8));
    assertThat(types()).containsExactly("FINALIZE k", "METADATA_UPDATE k");
    JsonNode resource = new ObjectMapper().readTree(told.getLast().payload());
    assertThat(resource.path("metageneration").asText()).isEqualTo("2");
    assertThat(resource.path("generation").asText())
        .isEqualTo(told.getFirst().attributes().get("objectGeneration"));
    assertThat(resource.path("metadata").path("a").asText()).isEqualTo("1");
  }

  @Test
  void theEndOfAnObjectIsToldByItsBucketsVersioning() throws Exception {
    for (String bucket : List.of("plain", "versioned")) {
      put(bucket, "k");
      put(bucket, "k");
      wire.send("DELETE", "/" + bucket + "/k");
    }
    assertThat(types())
        .containsExactly(
            "FINALIZE k",
            "FINALIZE k",
            "DELETE k",
            "DELETE k",
            "FINALIZE k",
            "FINALIZE k",
            "ARCHIVE k",
            "ARCHIVE k");
    assertThat(told.get(2).attributes()).containsKey("overwrittenByGeneration");
    assertThat(told.get(3).attributes()).doesNotContainKey("overwrittenByGeneration");
  }

  @Test
  void deletingTheLiveGenerationByItsNumberIsForGood() throws Exception {
    put("versioned", "k");
    long generation = gcs.object("versioned", "k").orElseThrow().generation();
    wire.send("DELETE", "/storage/v1/b/versioned/o/k?generation=" + generation);
    assertThat(types()).containsExactly("FINALIZE k", "DELETE k");
    assertThat(gcs.generations("versioned")).isEmpty();
  }

  @Test
  void aRefusedRequestTellsNothing() throws Exception {
    put("plain", "k");
    told.clear();
    wire.send("PUT", "/plain/k", new byte[1], "x-goog-if-generation-match", "0");
    wire.send("DELETE", "/plain/none");
    assertThat(told).isEmpty();
  }

  @Test
  void thePubsubFormCarriesTheDocumentedAttributes() throws Exception {
    put("plain", "a%20b");
    assertThat(told.getFirst().attributes())
        .containsEntry("eventType", "OBJECT_FINALIZE")
        .containsEntry("payloadFormat", "JSON_API_V1")
        .containsEntry("bucketId", "plain")
        .containsEntry("objectId", "a b")
        .containsKeys("objectGeneration", "eventTime", "notificationConfig");
    JsonNode resource = new ObjectMapper().readTree(told.getFirst().payload());
    assertThat(resource.path("kind").asText()).isEqualTo("storage#object");
    assertThat(resource.path("name").asText()).isEqualTo("a b");
    assertThat(resource.path("size").asText()).isEqualTo("1");
  }

  @Test
  void theEventarcFormIsACloudEvent() throws Exception {
    put("plain", "dir/k");
    CloudEvent event = told.getFirst().toCloudEvent();
    assertThat(event.headers())
        .containsEntry("ce-type", "google.cloud.storage.object.v1.finalized")
        .containsEntry("ce-source", "//storage.googleapis.com/projects/_/buckets/plain")
        .containsEntry("ce-subject", "objects/dir/k")
        .containsEntry("ce-specversion", "1.0")
        .containsKeys("ce-id", "ce-time");
    assertThat(new ObjectMapper().readTree(event.data()).path("bucket").asText())
        .isEqualTo("plain");
  }
}
