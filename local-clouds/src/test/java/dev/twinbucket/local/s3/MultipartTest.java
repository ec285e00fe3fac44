package dev.twinbucket.local.s3;

import static dev.twinbucket.local.s3.TestingS3.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

class MultipartTest {
  private static final String FIRST = "the first part, ";
  private static final String LAST = "end";

  private final TestingS3 s3 = new TestingS3();

  @AfterEach
  void stop() {
    s3.close();
  }

  @Test
  void publishesTheWholeObjectWithItsAttributesAtOnce() {
    String id =
        s3.client()
            .createMultipartUpload(
                c ->
                    c.bucket(BUCKET)
                        .key("k")
                        .contentType("text/plain")
                        .metadata(Map.of("a", "b"))
                        .tagging("t=1")
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                        .checksumType(ChecksumType.FULL_OBJECT))
            .uploadId();
    CompletedPart second = upload(id, 2, LAST);
    CompletedPart first = upload(id, 1, FIRST);
    assertThat(s3.server().objects(BUCKET)).isEmpty();
    List<Part> parts = s3.client().listParts(l -> l.bucket(BUCKET).key("k").uploadId(id)).parts();
    assertThat(parts).extracting(Part::partNumber).containsExactly(1, 2);
    assertThat(parts).extracting(Part::size).containsExactly((long) FIRST.length(), 3L);
    assertThat(parts).extracting(Part::checksumCRC32C).containsExactly(crc(FIRST), crc(LAST));

    CompleteMultipartUploadResponse completed =
        complete(
            id,
            List.of(first, second),
            c -> c.checksumCRC32C(crc(FIRST + LAST)).checksumType(ChecksumType.FULL_OBJECT));

    assertThat(completed.eTag()).matches("\"[0-9a-f]{32}-2\"");
    assertThat(completed.checksumCRC32C()).isEqualTo(crc(FIRST + LAST));
    HeadObjectResponse head =
        s3.client().headObject(h -> h.bucket(BUCKET).key("k").checksumMode(ChecksumMode.ENABLED));
    assertThat(head.checksumCRC32C()).isEqualTo(crc(FIRST + LAST));
    assertThat(head.checksumType()).isEqualTo(ChecksumType.FULL_OBJECT);
    assertThat(head.contentType()).isEqualTo("text/plain");
    assertThat(head.metadata()).containsEntry("a", "b");
    assertThat(content()).isEqualTo(FIRST + LAST);
    assertThat(s3.server().openUploads(BUCKET)).isEmpty();
    assertThat(s3.notifications())
        .singleElement()
        .satisfies(n -> assertThat(n).contains("ObjectCreated:CompleteMultipartUpload"));
    String middle =
        s3.client()
            .getObjectAsBytes(g -> g.bucket(BUCKET).key("k").range("bytes=14-16"))
            .asUtf8String();
    assertThat(middle).isEqualTo((FIRST + LAST).substring(14, 17));
  }

  @Test
  void refusesAWrongFullObjectChecksumAndKeepsTheUploadOpen() {
    String id = createFullObject();
    CompletedPart part = upload(id, 1, FIRST);
    assertRefused(
        () -> complete(id, List.of(part), c -> c.checksumCRC32C(crc("other"))), "BadDigest");
    assertThat(s3.server().objects(BUCKET)).isEmpty();
    assertThat(s3.server().openUploads(BUCKET)).hasSize(1);
  }

  @Test
  void compositeChecksumsAreOverTheChecksumsOfTheParts() {
    String id =
        s3.client()
            .createMultipartUpload(
                c -> c.bucket(BUCKET).key("k").checksumAlgorithm(ChecksumAlgorithm.SHA256))
            .uploadId();
    CompletedPart part = upload(id, 1, FIRST);
    assertRefused(
        () -> complete(id, List.of(part.toBuilder().checksumSHA256(null).build()), c -> {}),
        "InvalidRequest");
    CompleteMultipartUploadResponse completed = complete(id, List.of(part), c -> {});
    assertThat(completed.checksumSHA256()).endsWith("-1");
    assertThat(completed.checksumType()).isEqualTo(ChecksumType.COMPOSITE);
  }

  @Test
  void publishesOnlyWhenTheConditionHolds() {
    s3.server().put(BUCKET, "k", "before".getBytes(StandardCharsets.UTF_8));
    String before = s3.server().object(BUCKET, "k").orElseThrow().etag();
    String id = createFullObject();
    CompletedPart part = upload(id, 1, FIRST);
    assertRefused(() -> complete(id, List.of(part), c -> c.ifNoneMatch("*")), "PreconditionFailed");
    assertRefused(() -> complete(id, List.of(part), c -> c.ifMatch("other")), "PreconditionFailed");
    assertThat(content()).isEqualTo("before");
    complete(id, List.of(part), c -> c.ifMatch(before));
    assertThat(content()).isEqualTo(FIRST);
  }

  @Test
  void refusesPartsThatAreTooSmallMissingOrOutOfOrder() {
    String id = createFullObject();
    CompletedPart small = upload(id, 1, "small");
    CompletedPart last = upload(id, 2, LAST);
    assertRefused(() -> complete(id, List.of(small, last), c -> {}), "EntityTooSmall");
    assertRefused(() -> complete(id, List.of(last, small), c -> {}), "InvalidPartOrder");
    CompletedPart other = small.toBuilder().partNumber(3).build();
    assertRefused(() -> complete(id, List.of(other), c -> {}), "InvalidPart");
    CompletedPart stale = upload(id, 1, FIRST);
    assertRefused(() -> complete(id, List.of(small, last), c -> {}), "InvalidPart");
    complete(id, List.of(stale, last), c -> {});
    assertThat(content()).isEqualTo(FIRST + LAST);
  }

  @Test
  void theSmallestPartIsFiveMebibytesUnlessATestSaysOtherwise() {
    try (TestingS3 strict = new TestingS3(LocalS3.builder().bucket(BUCKET))) {
      String id = strict.client().createMultipartUpload(c -> c.bucket(BUCKET).key("k")).uploadId();
      List<CompletedPart> parts = new ArrayList<>();
      for (int number = 1; number <= 2; number++) {
        int n = number;
        String etag =
            strict
                .client()
                .uploadPart(
                    u -> u.bucket(BUCKET).key("k").uploadId(id).partNumber(n),
                    RequestBody.fromBytes(new byte[5 * 1024 * 1024 - 1]))
                .eTag();
        parts.add(CompletedPart.builder().partNumber(n).eTag(etag).build());
      }
      assertRefused(
          () ->
              strict
                  .client()
                  .completeMultipartUpload(
                      c ->
                          c.bucket(BUCKET)
                              .key("k")
                              .uploadId(id)
                              .multipartUpload(m -> m.parts(parts))),
          "EntityTooSmall");
    }
  }

  @Test
  void aPartWithAWrongChecksumIsNotKept() {
    String id = createFullObject();
    assertRefused(
        () ->
            s3.client()
                .uploadPart(
                    u ->
                        u.bucket(BUCKET)
                            .key("k")
                            .uploadId(id)
                            .partNumber(1)
                            .checksumCRC32C(crc("other")),
                    RequestBody.fromString(FIRST)),
        "BadDigest");
    assertThat(s3.server().openUploads(BUCKET).getFirst().parts()).isEmpty();
  }

  @Test
  void uploadsAreListedAndGoneAfterAnAbort() {
    String id = createFullObject();
    String other = s3.client().createMultipartUpload(c -> c.bucket(BUCKET).key("z")).uploadId();
    assertThat(s3.client().listMultipartUploads(l -> l.bucket(BUCKET)).uploads())
        .extracting(MultipartUpload::uploadId)
        .containsExactly(id, other);
    s3.client().abortMultipartUpload(a -> a.bucket(BUCKET).key("k").uploadId(id));
    assertThat(s3.server().openUploads(BUCKET)).extracting(OpenUpload::key).containsExactly("z");
    assertRefused(() -> upload(id, 1, FIRST), "NoSuchUpload");
  }

  @Test
  void partsAreCopiedFromRangesOfObjects() {
    s3.server().put(BUCKET, "source", (FIRST + LAST).getBytes(StandardCharsets.UTF_8));
    String id = createFullObject();
    String etag =
        s3.client()
            .uploadPartCopy(
                u ->
                    u.sourceBucket(BUCKET)
                        .sourceKey("source")
                        .copySourceRange("bytes=4-8")
                        .destinationBucket(BUCKET)
                        .destinationKey("k")
                        .uploadId(id)
                        .partNumber(1))
            .copyPartResult()
            .eTag();
    complete(id, List.of(CompletedPart.builder().partNumber(1).eTag(etag).build()), c -> {});
    assertThat(content()).isEqualTo("first");
  }

  private String createFullObject() {
    return s3.client()
        .createMultipartUpload(
            c ->
                c.bucket(BUCKET)
                    .key("k")
                    .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                    .checksumType(ChecksumType.FULL_OBJECT))
        .uploadId();
  }

  private CompletedPart upload(String id, int number, String text) {
    boolean sha =
        s3.server().openUploads(BUCKET).stream().anyMatch(u -> u.uploadId().equals(id))
            && usesSha(id);
    UploadPartResponse uploaded =
        s3.client()
            .uploadPart(
                u ->
                    u.bucket(BUCKET)
                        .key("k")
                        .uploadId(id)
                        .partNumber(number)
                        .checksumAlgorithm(
                            sha ? ChecksumAlgorithm.SHA256 : ChecksumAlgorithm.CRC32_C),
                RequestBody.fromString(text));
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(uploaded.eTag())
        .checksumCRC32C(uploaded.checksumCRC32C())
        .checksumSHA256(uploaded.checksumSHA256())
        .build();
  }

  private boolean usesSha(String id) {
    return s3.client().listMultipartUploads(l -> l.bucket(BUCKET)).uploads().stream()
        .anyMatch(
            u -> u.uploadId().equals(id) && u.checksumAlgorithm() == ChecksumAlgorithm.SHA256);
  }

  private CompleteMultipartUploadResponse complete(
      String id, List<CompletedPart> parts, Consumer<CompleteMultipartUploadRequest.Builder> more) {
    return s3.client()
        .completeMultipartUpload(
            c -> {
              c.bucket(BUCKET).key("k").uploadId(id).multipartUpload(m -> m.parts(parts));
              more.accept(c);
            });
  }

  private String content() {
    return new String(
        s3.server().object(BUCKET, "k").orElseThrow().bytes(), StandardCharsets.UTF_8);
  }

  private static String crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    int value = (int) crc.getValue();
    return Base64.getEncoder()
        .encodeToString(
            new byte[] {
              (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
            });
  }

  private static void assertRefused(Runnable call, String code) {
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
  }
}
