package dev.twinbucket.local.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The JSON API as Google's own client for Java calls it. */
class JsonApiTest {

  private static final byte[] V1 = "version one".getBytes(StandardCharsets.UTF_8);
  private static final byte[] V2 = "version two!".getBytes(StandardCharsets.UTF_8);

  private LocalGcs gcs;
  private Storage storage;
  private final List<GcsNotification> notifications = new ArrayList<>();

  @BeforeEach
  void start() {
    gcs = LocalGcs.start();
    gcs.createBucket("plain").createBucket("versioned", BucketSettings.VERSIONED);
    gcs.onChange(notifications::add);
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
    gcs.close();
  }

  private static BlobInfo blob(String name) {
    return BlobInfo.newBuilder("plain", name).build();
  }

  private static void assertRefused(
      int status, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.getCode()).isEqualTo(status));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    BlobInfo info =
        BlobInfo.newBuilder("plain", "dir/a+b c%20d%2F")
            .setContentType("text/plain")
            .setCacheControl("no-store")
            .setContentDisposition("inline")
            .setContentLanguage("de")
            .setMetadata(Map.of("Mixed-Case", "wärme", "empty", ""))
            .build();
    Blob created = storage.create(info, V1);
    Blob got = storage.get("plain", "dir/a+b c%20d%2F");
    assertThat(got.getContent()).isEqualTo(V1);
    assertThat(got.getGeneration()).isEqualTo(created.getGeneration()).isGreaterThan(1_000_000L);
    assertThat(got.getMetageneration()).isEqualTo(1);
    assertThat(got.getContentType()).isEqualTo("text/plain");
    assertThat(got.getCacheControl()).isEqualTo("no-store");
    assertThat(got.getContentDisposition()).isEqualTo("inline");
    assertThat(got.getContentLanguage()).isEqualTo("de");
    assertThat(got.getMetadata())
        .containsExactlyInAnyOrderEntriesOf(Map.of("Mixed-Case", "wärme", "empty", ""));
    assertThat(got.getMd5()).isNotNull();
    assertThat(got.getCrc32c()).isNotNull();
  }

  @Test
  void anAbsentObjectIsNotFound() {
    assertThat(storage.get("plain", "absent")).isNull();
    assertRefused(404, () -> storage.readAllBytes("plain", "absent"));
    assertThat(storage.get("nobucket", "absent")).isNull();
    assertRefused(404, () -> storage.create(BlobInfo.newBuilder("nobucket", "k").build(), V1));
    assertThat(storage.delete("plain", "absent")).isFalse();
  }

  @Test
  void generationPreconditionsDecideWhoWrites() {
    Blob first = storage.create(blob("k"), V1, BlobTargetOption.doesNotExist());
    assertRefused(412, () -> storage.create(blob("k"), V2, BlobTargetOption.doesNotExist()));
    Blob second =
        storage.create(blob("k"), V2, BlobTargetOption.generationMatch(first.getGeneration()));
    assertThat(second.getGeneration()).isGreaterThan(first.getGeneration());
    assertRefused(
        412,
        () ->
            storage.create(blob("k"), V1, BlobTargetOption.generationMatch(first.getGeneration())));
    assertRefused(
        412,
        () ->
            storage.delete(
                BlobId.of("plain", "k"), BlobSourceOption.generationMatch(first.getGeneration())));
    assertThat(gcs.bytes("plain", "k")).contains(V2);
    assertThat(
            storage.delete(
                BlobId.of("plain", "k"), BlobSourceOption.generationMatch(second.getGeneration())))
        .isTrue();
    assertThat(gcs.objects("plain")).isEmpty();
  }

  @Test
  void metagenerationPreconditionsGuardMetadata() {
    Blob blob = storage.create(blob("k"), V1);
    Map<String, String> metadata = new HashMap<>(Map.of("a", "1", "b", "2"));
    Blob changed =
        storage.update(
            blob.toBuilder().setMetadata(metadata).build(),
            BlobTargetOption.metagenerationMatch(1));
    assertThat(changed.getMetageneration()).isEqualTo(2);
    assertRefused(412, () -> storage.update(blob("k"), BlobTargetOption.metagenerationMatch(1)));
    metadata.put("a", null);
    metadata.put("c", "3");
    storage.update(BlobInfo.newBuilder("plain", "k").setMetadata(metadata).build());
    assertThat(storage.get("plain", "k").getMetadata())
        .containsExactlyInAnyOrderEntriesOf(Map.of("b", "2", "c", "3"));
  }

  @Test
  void aResumableUploadOfSeveralChunksArrivesWhole() throws IOException {
    byte[] bytes = new byte[3 * 262_144 + 17];
    new Random(7).nextBytes(bytes);
    try (var writer = storage.writer(blob("big"), BlobWriteOption.doesNotExist())) {
      writer.setChunkSize(262_144);
      for (int at = 0; at < bytes.length; at += 100_000) {
        writer.write(ByteBuffer.wrap(bytes, at, Math.min(100_000, bytes.length - at)));
      }
    }
    assertThat(gcs.bytes("plain", "big")).contains(bytes);
    assertThat(gcs.requests(GcsOperation.RESUMABLE_CHUNK)).isEqualTo(4);
    assertThat(gcs.openResumableUploads()).isZero();
    try (var reader = storage.reader("plain", "big")) {
      reader.seek(262_000);
      reader.limit(263_000);
      assertThat(Channels.newInputStream(reader).readAllBytes())
          .isEqualTo(java.util.Arrays.copyOfRange(bytes, 262_000, 263_000));
    }
  }

  @Test
  void anEmptyObjectCanBeWrittenInEveryWay() throws IOException {
    storage.create(blob("direct"), new byte[0]);
    storage.writer(blob("resumable")).close();
    assertThat(gcs.objects("plain")).extracting(GcsObjectView::size).containsExactly(0L, 0L);
    assertThat(storage.readAllBytes("plain", "resumable")).isEmpty();
  }

  @Test
  void listingsPageRollUpAndOrderByUtf8() {
    List<String> names =
        List.of("a/1", "a/2", "a//", "b", "\uFFFDz", "\uD83D\uDE00", "a/1/x", "/lead", "dir/");
    names.forEach(name -> storage.create(blob(name), V1));
    List<String> listed = names(storage.list("plain", BlobListOption.pageSize(2)).iterateAll());
    assertThat(listed)
        .containsExactly(
            "/lead", "a//", "a/1", "a/1/x", "a/2", "b", "dir/", "\uFFFDz", "\uD83D\uDE00");
    assertThat(
            names(
                storage
                    .list(
                        "plain",
                        BlobListOption.prefix("a/"),
                        BlobListOption.currentDirectory(),
                        BlobListOption.pageSize(1))
                    .iterateAll()))
        .containsExactlyInAnyOrder("a/1", "a/1/", "a/2", "a//");
  }

  private static List<String> names(Iterable<Blob> blobs) {
    return StreamSupport.stream(blobs.spliterator(), false)
        .map(Blob::getName)
        .collect(Collectors.toList());
  }

  @Test
  void aVersionedBucketKeepsNoncurrentGenerations() {
    BlobInfo info = BlobInfo.newBuilder("versioned", "k").build();
    Blob first = storage.create(info, V1);
    Blob second = storage.create(info, V2);
    assertThat(gcs.generations("versioned")).hasSize(2);
    assertThat(storage.readAllBytes(first.getBlobId())).isEqualTo(V1);
    assertThat(storage.delete(BlobId.of("versioned", "k"))).isTrue();
    assertThat(storage.get("versioned", "k")).isNull();
    assertThat(storage.readAllBytes(second.getBlobId())).isEqualTo(V2);
    assertThat(storage.delete(first.getBlobId())).isTrue();
    assertThat(gcs.generations("versioned"))
        .extracting(GcsObjectView::generation)
        .containsExactly(second.getGeneration());
    assertThat(notifications)
        .extracting(GcsNotification::type)
        .containsExactly(
            GcsEventType.FINALIZE,
            GcsEventType.FINALIZE,
            GcsEventType.ARCHIVE,
            GcsEventType.ARCHIVE,
            GcsEventType.DELETE);
  }

  @Test
  void listingsShowNoncurrentGenerationsOnDemandAndPageThroughThem() {
    BlobInfo info = BlobInfo.newBuilder("versioned", "k").build();
    List<Long> written =
        Stream.of(V1, V2, V1).map(bytes -> storage.create(info, bytes).getGeneration()).toList();
    assertThat(
            storage
                .list("versioned", BlobListOption.versions(true), BlobListOption.pageSize(1))
                .iterateAll())
        .extracting(Blob::getGeneration)
        .containsExactlyElementsOf(written);
    assertThat(storage.list("versioned").iterateAll()).hasSize(1);
  }

  @Test
  void overwritingAnUnversionedObjectAnnouncesTheEndOfTheOldGeneration() {
    Blob first = storage.create(blob("k"), V1);
    Blob second = storage.create(blob("k"), V2);
    assertThat(notifications).hasSize(3);
    assertThat(notifications.get(1).attributes())
        .containsEntry("eventType", "OBJECT_FINALIZE")
        .containsEntry("objectGeneration", second.getGeneration().toString())
        .containsEntry("overwroteGeneration", first.getGeneration().toString());
    assertThat(notifications.get(2).attributes())
        .containsEntry("eventType", "OBJECT_DELETE")
        .containsEntry("objectGeneration", first.getGeneration().toString())
        .containsEntry("overwrittenByGeneration", second.getGeneration().toString());
  }

  @Test
  void aMoveRenamesAtomicallyUnderBothPreconditions() {
    Blob source = storage.create(blob("staging"), V2);
    Blob old = storage.create(blob("final"), V1);
    Storage.MoveBlobRequest.Builder move =
        Storage.MoveBlobRequest.newBuilder()
            .setSource(BlobId.of("plain", "staging"))
            .setTarget(BlobId.of("plain", "final"))
            .setSourceOptions(BlobSourceOption.generationMatch(source.getGeneration()));
    assertRefused(
        412,
        () -> storage.moveBlob(move.setTargetOptions(BlobTargetOption.doesNotExist()).build()));
    notifications.clear();
    Blob moved =
        storage.moveBlob(
            move.setTargetOptions(BlobTargetOption.generationMatch(old.getGeneration())).build());
    assertThat(moved.getGeneration()).isGreaterThan(old.getGeneration());
    assertThat(gcs.objects("plain")).extracting(GcsObjectView::name).containsExactly("final");
    assertThat(gcs.bytes("plain", "final")).contains(V2);
    assertThat(notifications)
        .extracting(n -> n.type() + " " + n.name())
        .containsExactly("FINALIZE final", "DELETE final", "DELETE staging");
  }

  @Test
  void copyAndComposeMakeNewObjects() {
    storage.create(BlobInfo.newBuilder("plain", "a").setMetadata(Map.of("k", "v")).build(), V1);
    storage.create(blob("b"), V2);
    storage.copy(Storage.CopyRequest.of("plain", "a", BlobId.of("versioned", "copy"))).getResult();
    assertThat(gcs.object("versioned", "copy").orElseThrow().metadata())
        .containsExactlyEntriesOf(Map.of("k", "v"));
    Blob composed =
        storage.compose(
            Storage.ComposeRequest.newBuilder().addSource("a", "b").setTarget(blob("ab")).build());
    assertThat(composed.getMd5()).isNull();
    assertThat(composed.getCrc32c()).isNotNull();
    assertThat(composed.getComponentCount()).isEqualTo(2);
    assertThat(new String(storage.readAllBytes("plain", "ab"), StandardCharsets.UTF_8))
        .isEqualTo("version oneversion two!");
  }
}
