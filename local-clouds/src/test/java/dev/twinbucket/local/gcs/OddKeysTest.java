package dev.twinbucket.local.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.twinbucket.local.http.PercentCoding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names are opaque: what looks alike to a file system or a browser is a different object here. */
class OddKeysTest {

  private static final List<String> KEYS =
      List.of(
          "a+b c%20d%2F",
          "a//b",
          "a/b",
          "/lead",
          "./x",
          "a/../b",
          "dir/",
          "'\"`",
          "back\\slash",
          "<&>",
          "?#[]@!$;=,:*|^~",
          "\uD83D\uDE00",
          "caf\u00e9",
          "cafe\u0301",
          "nnbsp\u202Fx",
          "bell\u0007",
          " spaces ",
          "o/compose",
          "k/moveTo/o/k2",
          "x".repeat(1024));

  private LocalGcs gcs;
  private Storage storage;
  private Wire wire;

  static Stream<String> keys() {
    return KEYS.stream();
  }

  @BeforeEach
  void start() {
    gcs = LocalGcs.start().createBucket("b");
    wire = new Wire(gcs.endpoint());
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
    wire.close();
    gcs.close();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void bothApisMeanTheSameObject(String key) throws Exception {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    storage.create(BlobInfo.newBuilder("b", key).build(), bytes);
    assertThat(storage.readAllBytes("b", key)).isEqualTo(bytes);
    assertThat(wire.send("GET", "/b/" + PercentCoding.encode(key, "/")).body()).isEqualTo(bytes);
    assertThat(wire.send("GET", "/b/" + PercentCoding.encode(key, "")).body()).isEqualTo(bytes);
    assertThat(gcs.objects("b")).extracting(GcsObjectView::name).containsExactly(key);
    Blob moved =
        storage.moveBlob(
            Storage.MoveBlobRequest.newBuilder()
                .setSource(BlobId.of("b", key))
                .setTarget(BlobId.of("b", "moved"))
                .build());
    assertThat(moved.getName()).isEqualTo("moved");
    storage.moveBlob(
        Storage.MoveBlobRequest.newBuilder()
            .setSource(BlobId.of("b", "moved"))
            .setTarget(BlobId.of("b", key))
            .build());
    assertThat(storage.delete("b", key)).isTrue();
    assertThat(gcs.objects("b")).isEmpty();
  }

  @Test
  void allOfThemStandSideBySideAndAreListedExactly() {
    for (String key : KEYS) {
      storage.create(BlobInfo.newBuilder("b", key).build(), key.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(
            StreamSupport.stream(
                    storage
                        .list("b", Storage.BlobListOption.pageSize(3))
                        .iterateAll()
                        .spliterator(),
                    false)
                .map(Blob::getName))
        .containsExactlyInAnyOrderElementsOf(KEYS);
  }
}
