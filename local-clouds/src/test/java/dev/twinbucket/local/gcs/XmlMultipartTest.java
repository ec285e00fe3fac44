package dev.twinbucket.local.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.http.HttpResponseException;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.MultipartUploadClient;
import com.google.cloud.storage.MultipartUploadSettings;
import com.google.cloud.storage.RequestBody;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.multipartupload.model.AbortMultipartUploadRequest;
import com.google.cloud.storage.multipartupload.model.CompleteMultipartUploadRequest;
import com.google.cloud.storage.multipartupload.model.CompleteMultipartUploadResponse;
import com.google.cloud.storage.multipartupload.model.CompletedMultipartUpload;
import com.google.cloud.storage.multipartupload.model.CompletedPart;
import com.google.cloud.storage.multipartupload.model.CreateMultipartUploadRequest;
import com.google.cloud.storage.multipartupload.model.ListMultipartUploadsRequest;
import com.google.cloud.storage.multipartupload.model.ListPartsRequest;
import com.google.cloud.storage.multipartupload.model.MultipartUpload;
import com.google.cloud.storage.multipartupload.model.Part;
import com.google.cloud.storage.multipartupload.model.UploadPartRequest;
import com.google.cloud.storage.multipartupload.model.UploadPartResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Multipart uploads of the XML API as Google's own client for Java makes them. */
class XmlMultipartTest {

  private static final int PART = 5 * 1024 * 1024;
  private static final String KEY = "dir/a+b c%20d%2F//é";

  private LocalGcs gcs;
  private Storage storage;
  private MultipartUploadClient client;

  @BeforeEach
  void start() {
    gcs = LocalGcs.start().createBucket("b");
    HttpStorageOptions options =
        HttpStorageOptions.http()
            .setHost(gcs.endpoint())
            .setProjectId("p")
            .setCredentials(NoCredentials.getInstance())
            .build();
    storage = options.getService();
    client = MultipartUploadClient.create(MultipartUploadSettings.of(options));
  }

  @AfterEach
  void stop() throws Exception {
    storage.close();
    gcs.close();
  }

  private String create() {
    return client
        .createMultipartUpload(
            CreateMultipartUploadRequest.builder()
                .bucket("b")
                .key(KEY)
                .contentType("text/plain")
                .cacheControl("no-store")
                .metadata(Map.of("stamp", "value"))
                .build())
        .uploadId();
  }

  private CompletedPart put(String uploadId, int number, byte[] bytes) {
    UploadPartResponse response =
        client.uploadPart(
            UploadPartRequest.builder()
                .bucket("b")
                .key(KEY)
                .uploadId(uploadId)
                .partNumber(number)
                .build(),
            RequestBody.of(ByteBuffer.wrap(bytes)));
    assertThat(response.crc32c()).isEqualTo(Content.of(bytes).crc32c());
    return CompletedPart.builder().partNumber(number).eTag(response.eTag()).build();
  }

  private CompleteMultipartUploadResponse complete(String uploadId, List<CompletedPart> parts) {
    return client.completeMultipartUpload(
        CompleteMultipartUploadRequest.builder()
            .bucket("b")
            .key(KEY)
            .uploadId(uploadId)
            .multipartUpload(CompletedMultipartUpload.builder().parts(parts).build())
            .build());
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @Test
  void partsBecomeOneObjectWithoutAnMd5() {
    byte[] all = random(2 * PART + 3);
    String id = create();
    List<CompletedPart> parts = new ArrayList<>();
    parts.add(put(id, 1, Arrays.copyOfRange(all, 0, PART)));
    parts.add(put(id, 5, Arrays.copyOfRange(all, PART, 2 * PART)));
    parts.add(put(id, 9, Arrays.copyOfRange(all, 2 * PART, all.length)));
    assertThat(gcs.objects("b")).isEmpty();
    assertThat(gcs.openMultipartUploads())
        .singleElement()
        .satisfies(upload -> assertThat(upload.bytes()).isEqualTo(all.length));
    List<Part> listed =
        client
            .listParts(
                ListPartsRequest.builder().bucket("b").key(KEY).uploadId(id).maxParts(2).build())
            .parts();
    assertThat(listed).extracting(Part::partNumber).containsExactly(1, 5);
    assertThat(listed).extracting(Part::size).containsOnly((long) PART);
    CompleteMultipartUploadResponse done = complete(id, parts);
    assertThat(done.crc32c()).isEqualTo(Content.of(all).crc32c());
    Blob blob = storage.get("b", KEY);
    assertThat(blob.getMd5()).isNull();
    assertThat(blob.getCrc32c()).isEqualTo(Content.of(all).crc32c());
    assertThat(blob.getContentType()).isEqualTo("text/plain");
    assertThat(blob.getCacheControl()).isEqualTo("no-store");
    assertThat(blob.getMetadata()).containsExactlyEntriesOf(Map.of("stamp", "value"));
    assertThat(blob.getContent()).isEqualTo(all);
    assertThat(gcs.openMultipartUploads()).isEmpty();
  }

  @Test
  void completionOverwritesWhateverStandsThere() {
    String id = create();
    List<CompletedPart> parts = List.of(put(id, 1, random(10)));
    storage.create(com.google.cloud.storage.BlobInfo.newBuilder("b", KEY).build(), random(3));
    complete(id, parts);
    assertThat(gcs.bytes("b", KEY)).contains(random(10));
    assertThatThrownBy(() -> complete(id, parts)).isInstanceOf(StorageException.class);
  }

  @Test
  void aSmallPartBeforeTheLastIsRefused() {
    String id = create();
    List<CompletedPart> parts = List.of(put(id, 1, random(PART - 1)), put(id, 2, random(1)));
    assertThatThrownBy(() -> complete(id, parts))
        .isInstanceOf(StorageException.class)
        // This client leaves the exception's own code at 0.
        .cause()
        .isInstanceOfSatisfying(
            HttpResponseException.class, e -> assertThat(e.getStatusCode()).isEqualTo(400));
    assertThat(gcs.objects("b")).isEmpty();
    assertThat(gcs.openMultipartUploads()).hasSize(1);
  }

  @Test
  void partsOutOfOrderOrWithAnotherEtagAreRefused() {
    String id = create();
    CompletedPart first = put(id, 1, random(PART));
    CompletedPart second = put(id, 2, random(7));
    assertThatThrownBy(() -> complete(id, List.of(second, first)))
        .isInstanceOf(StorageException.class);
    put(id, 2, random(8));
    assertThatThrownBy(() -> complete(id, List.of(first, second)))
        .isInstanceOf(StorageException.class);
    assertThat(gcs.objects("b")).isEmpty();
  }

  @Test
  void openUploadsAreListedUntilTheyAreAborted() {
    String first = create();
    String second = create();
    assertThat(
            client
                .listMultipartUploads(ListMultipartUploadsRequest.builder().bucket("b").build())
                .uploads())
        .extracting(MultipartUpload::uploadId)
        .containsExactlyInAnyOrder(first, second);
    for (String id : List.of(first, second)) {
      client.abortMultipartUpload(
          AbortMultipartUploadRequest.builder().bucket("b").key(KEY).uploadId(id).build());
    }
    assertThat(gcs.openMultipartUploads()).isEmpty();
    assertThatThrownBy(() -> put(first, 1, random(1))).isInstanceOf(StorageException.class);
  }
}
