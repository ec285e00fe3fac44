package dev.twinbucket.local.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import dev.twinbucket.local.http.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a test may do with the server apart from sending requests. */
// "try": Storage.close may be interrupted, which no test here is.
@SuppressWarnings("try")
class LocalGcsTest {

  private static final byte[] BYTES = "bytes".getBytes(StandardCharsets.UTF_8);
  private static final String UPLOAD = "/upload/storage/v1/b/b/o?uploadType=media&name=k";

  private static Storage client(LocalGcs gcs) {
    return StorageOptions.newBuilder()
        .setHost(gcs.endpoint())
        .setProjectId("p")
        .setCredentials(NoCredentials.getInstance())
        .build()
        .getService();
  }

  @Test
  void mutationsOfOneObjectAreLimitedToOneASecondOnDemand() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    InstantSource source = now::get;
    try (LocalGcs gcs =
            LocalGcs.builder()
                .clock(source.withZone(ZoneOffset.UTC))
                .limitMutationRate(true)
                .start()
                .createBucket("b");
        Wire wire = new Wire(gcs.endpoint())) {
      assertThat(wire.send("POST", UPLOAD, BYTES).statusCode()).isEqualTo(200);
      assertThat(wire.send("POST", UPLOAD, BYTES).statusCode()).isEqualTo(429);
      assertThat(wire.send("POST", UPLOAD + "2", BYTES).statusCode()).isEqualTo(200);
      now.updateAndGet(t -> t.plus(Duration.ofSeconds(1)));
      assertThat(wire.send("DELETE", "/b/k").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void generationsGrowWhateverTheClockDoes() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    InstantSource source = now::get;
    try (LocalGcs gcs =
            LocalGcs.builder().clock(source.withZone(ZoneOffset.UTC)).start().createBucket("b");
        Wire wire = new Wire(gcs.endpoint())) {
      List<Long> generations = new ArrayList<>();
      for (int step : new int[] {0, 0, -5, 10}) {
        now.updateAndGet(t -> t.plusSeconds(step));
        wire.send("POST", UPLOAD, BYTES);
        generations.add(gcs.object("b", "k").orElseThrow().generation());
      }
      assertThat(generations).isSorted().doesNotHaveDuplicates();
      assertThat(generations.getFirst()).isEqualTo(1_767_225_600_000_000L);
    }
  }

  @Test
  void requestsAreCountedByOperationUntilTheReset() throws Exception {
    try (LocalGcs gcs = LocalGcs.start().createBucket("b");
        Storage storage = client(gcs)) {
      storage.create(BlobInfo.newBuilder("b", "k").build(), BYTES);
      storage.get("b", "k");
      storage.get("b", "absent");
      assertThat(gcs.requests(GcsOperation.OBJECT_INSERT)).isEqualTo(1);
      assertThat(gcs.requests(GcsOperation.OBJECT_GET)).isEqualTo(2);
      assertThat(gcs.requests()).hasSize(2);
      gcs.reset();
      assertThat(gcs.requests()).isEmpty();
      assertThat(gcs.buckets()).isEmpty();
    }
  }

  @Test
  void bucketsComeAndGoThroughTheApi() throws Exception {
    try (LocalGcs gcs = LocalGcs.start();
        Storage storage = client(gcs)) {
      storage.create(BucketInfo.newBuilder("made").setVersioningEnabled(true).build());
      assertThat(storage.get("made").versioningEnabled()).isTrue();
      assertThat(storage.get("other")).isNull();
      assertThat(storage.list().iterateAll()).extracting(b -> b.getName()).containsExactly("made");
      storage.create(BlobInfo.newBuilder("made", "k").build(), BYTES);
      assertThatThrownBy(() -> storage.delete("made"))
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.getCode()).isEqualTo(409));
      storage.delete(BlobId.of("made", "k", gcs.object("made", "k").orElseThrow().generation()));
      assertThat(storage.delete("made")).isTrue();
    }
  }

  @Test
  void aBatchIsSeveralRequestsInOne() throws Exception {
    try (LocalGcs gcs = LocalGcs.start().createBucket("b");
        Storage storage = client(gcs)) {
      storage.create(BlobInfo.newBuilder("b", "one").build(), BYTES);
      storage.create(BlobInfo.newBuilder("b", "two words").build(), BYTES);
      assertThat(
              storage.delete(
                  BlobId.of("b", "one"), BlobId.of("b", "absent"), BlobId.of("b", "two words")))
          .containsExactly(true, false, true);
      assertThat(gcs.objects("b")).isEmpty();
      assertThat(gcs.requests(GcsOperation.BATCH)).isEqualTo(1);
      assertThat(gcs.requests(GcsOperation.OBJECT_DELETE)).isEqualTo(3);
    }
  }

  @Test
  void aChunkThatBreaksOffLeavesItsWholeQuanta() throws Exception {
    int quantum = 262_144;
    byte[] bytes = new byte[3 * quantum];
    try (LocalGcs gcs = LocalGcs.start().createBucket("b");
        Wire wire = new Wire(gcs.endpoint())) {
      String session =
          Wire.header(
              wire.send("POST", "/upload/storage/v1/b/b/o?uploadType=resumable&name=k"),
              "Location");
      var rule = gcs.faults().on("PUT", "upload_id").inject(new Fault.CutRequest(2L * quantum - 1));
      assertThatThrownBy(() -> wire.send("PUT", session, bytes))
          .isInstanceOf(java.io.IOException.class);
      assertThat(rule.fired()).isEqualTo(1);
      var state = wire.send("PUT", session, new byte[0], "Content-Range", "bytes */*");
      assertThat(state.statusCode()).isEqualTo(308);
      assertThat(Wire.header(state, "Range")).isEqualTo("bytes=0-" + (quantum - 1));
      assertThat(gcs.objects("b")).isEmpty();
    }
  }
}
