package dev.twinbucket.local.s3;

import static dev.twinbucket.local.s3.TestingS3.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.StorageClass;

class ObjectReadsTest {
  private final TestingS3 s3 = new TestingS3();
  private String etag;

  @BeforeEach
  void put() {
    etag = s3.server().put(BUCKET, "k", "0123456789".getBytes(StandardCharsets.UTF_8)).etag();
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  @Test
  void aRangeReturnsItsBytesAndTheWholeSize() {
    assertThat(range("bytes=2-4").asUtf8String()).isEqualTo("234");
    assertThat(range("bytes=2-4").response().contentRange()).isEqualTo("bytes 2-4/10");
    assertThat(range("bytes=7-").asUtf8String()).isEqualTo("789");
    assertThat(range("bytes=-3").asUtf8String()).isEqualTo("789");
    assertThat(range("bytes=5-99").asUtf8String()).isEqualTo("56789");
    assertThat(range("bytes=4-2").asUtf8String()).isEqualTo("0123456789");
    assertRefused(() -> range("bytes=10-"), 416, "InvalidRange");
  }

  @Test
  void conditionsPinARead() {
    assertThat(get().ifMatch(etag)).isEqualTo("0123456789");
    assertRefused(() -> get().ifMatch("other"), 412, "PreconditionFailed");
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(
            () -> s3.client().getObjectAsBytes(g -> g.bucket(BUCKET).key("k").ifNoneMatch(etag)))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(304));
  }

  @Test
  void headTellsTheSizeAndAMissingKeyIs404() {
    HeadObjectResponse head = s3.client().headObject(h -> h.bucket(BUCKET).key("k"));
    assertThat(head.contentLength()).isEqualTo(10);
    assertThat(head.contentType()).isEqualTo("binary/octet-stream");
    assertThatExceptionOfType(NoSuchKeyException.class)
        .isThrownBy(() -> s3.client().headObject(h -> h.bucket(BUCKET).key("absent")));
  }

  @Test
  void anEmptyObjectIsReadAndHasNoRanges() {
    s3.server().put(BUCKET, "empty", new byte[0]);
    assertThat(s3.client().getObjectAsBytes(g -> g.bucket(BUCKET).key("empty")).asByteArray())
        .isEmpty();
    assertRefused(
        () -> s3.client().getObjectAsBytes(g -> g.bucket(BUCKET).key("empty").range("bytes=0-0")),
        416,
        "InvalidRange");
  }

  @Test
  void anArchivedObjectIsReadOnlyAfterItsRestore() {
    s3.client()
        .putObject(
            p -> p.bucket(BUCKET).key("cold").storageClass(StorageClass.GLACIER),
            RequestBody.fromString("ice"));
    assertRefused(
        () -> s3.client().getObjectAsBytes(g -> g.bucket(BUCKET).key("cold")),
        403,
        "InvalidObjectState");
    assertThat(s3.client().headObject(h -> h.bucket(BUCKET).key("cold")).storageClass())
        .isEqualTo(StorageClass.GLACIER);
    s3.client().restoreObject(r -> r.bucket(BUCKET).key("cold").restoreRequest(d -> d.days(1)));
    assertThat(s3.client().getObjectAsBytes(g -> g.bucket(BUCKET).key("cold")).asUtf8String())
        .isEqualTo("ice");
    assertThat(s3.notifications().getLast()).contains("\"ObjectRestore:Completed\"");
  }

  @Test
  void attributesAreReadWithoutTheBytes() {
    assertThat(
            s3.client()
                .getObjectAttributes(
                    a ->
                        a.bucket(BUCKET)
                            .key("k")
                            .objectAttributes(
                                ObjectAttributes.OBJECT_SIZE, ObjectAttributes.E_TAG)))
        .satisfies(
            a -> {
              assertThat(a.objectSize()).isEqualTo(10);
              assertThat(a.eTag()).isEqualTo(etag);
            });
  }

  @Test
  void everyCallIsRefusedWhileCredentialsAre() {
    s3.server().refuseCredentials(true);
    assertRefused(() -> get().ifMatch(etag), 403, "InvalidAccessKeyId");
    s3.server().refuseCredentials(false);
    assertThat(get().ifMatch(etag)).isEqualTo("0123456789");
  }

  @Test
  void callsAreCountedByOperation() {
    get().ifMatch(etag);
    s3.client().headObject(h -> h.bucket(BUCKET).key("k"));
    assertThat(s3.server().requests(S3Operation.GET_OBJECT)).isEqualTo(1);
    assertThat(s3.server().requests(S3Operation.HEAD_OBJECT)).isEqualTo(1);
    s3.server().resetRequests();
    assertThat(s3.server().requests()).isEmpty();
  }

  private ResponseBytes<GetObjectResponse> range(String range) {
    return s3.client().getObjectAsBytes(g -> g.bucket(BUCKET).key("k").range(range));
  }

  private interface Conditional {
    String ifMatch(String etag);
  }

  private Conditional get() {
    return tag ->
        s3.client().getObjectAsBytes(g -> g.bucket(BUCKET).key("k").ifMatch(tag)).asUtf8String();
  }

  private static void assertRefused(Runnable call, int status, String code) {
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(call::run)
        .satisfies(
            e -> {
              assertThat(e.statusCode()).isEqualTo(status);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            });
  }
}
