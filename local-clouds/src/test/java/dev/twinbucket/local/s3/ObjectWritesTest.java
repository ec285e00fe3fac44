package dev.twinbucket.local.s3;

import static dev.twinbucket.local.s3.TestingS3.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class ObjectWritesTest {
  private final TestingS3 s3 = new TestingS3();

  @AfterEach
  void stop() {
    s3.close();
  }

  @Test
  void returnsWhatWasPutWithItsHeadersAndMetadata() {
    s3.client()
        .putObject(
            p ->
                p.bucket(BUCKET)
                    .key("k")
                    .contentType("text/plain")
                    .contentEncoding("gzip")
                    .cacheControl("no-store")
                    .contentDisposition("inline")
                    .contentLanguage("de")
                    .metadata(Map.of("Colour", "blue"))
                    .tagging("a=1&b=two%20words"),
            RequestBody.fromString("hello"));

    ResponseBytes<GetObjectResponse> got =
        s3.client().getObjectAsBytes(g -> g.bucket(BUCKET).key("k"));

    assertThat(got.asUtf8String()).isEqualTo("hello");
    assertThat(got.response().contentType()).isEqualTo("text/plain");
    assertThat(got.response().contentEncoding()).isEqualTo("gzip");
    assertThat(got.response().cacheControl()).isEqualTo("no-store");
    assertThat(got.response().contentDisposition()).isEqualTo("inline");
    assertThat(got.response().contentLanguage()).isEqualTo("de");
    assertThat(got.response().metadata()).containsExactly(Map.entry("colour", "blue"));
    assertThat(got.response().tagCount()).isEqualTo(2);
    assertThat(got.response().eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    assertThat(s3.server().object(BUCKET, "k").orElseThrow().tags())
        .containsOnly(Map.entry("a", "1"), Map.entry("b", "two words"));
  }

  @Test
  void storesAndReturnsTheChecksumOfATrailer() {
    PutObjectResponse put =
        s3.client()
            .putObject(
                p -> p.bucket(BUCKET).key("k").checksumAlgorithm(ChecksumAlgorithm.CRC32_C),
                RequestBody.fromString("123456789"));
    assertThat(put.checksumCRC32C()).isEqualTo("4waSgw==");
    assertThat(
            s3.client()
                .headObject(h -> h.bucket(BUCKET).key("k").checksumMode(ChecksumMode.ENABLED))
                .checksumCRC32C())
        .isEqualTo("4waSgw==");
    assertThat(s3.client().headObject(h -> h.bucket(BUCKET).key("k")).checksumCRC32C()).isNull();
    assertThat(s3.server().object(BUCKET, "k").orElseThrow().systemHeaders())
        .doesNotContainKey("content-encoding");
  }

  @Test
  void refusesAWrongChecksumAndStoresNothing() {
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(
            () ->
                s3.client()
                    .putObject(
                        p -> p.bucket(BUCKET).key("k").checksumCRC32C("AAAAAA=="),
                        RequestBody.fromString("123456789")))
        .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("BadDigest"));
    assertThat(s3.server().objects(BUCKET)).isEmpty();
    assertThat(s3.notifications()).isEmpty();
  }

  @Test
  void writesIfAbsentOnlyOnce() {
    put("first");
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(
            () ->
                s3.client()
                    .putObject(
                        p -> p.bucket(BUCKET).key("k").ifNoneMatch("*"),
                        RequestBody.fromString("second")))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(412));
    assertThat(content()).isEqualTo("first");
  }

  @Test
  void writesIfUnchangedAndOtherwiseRefuses() {
    String first = put("first").eTag();
    s3.client()
        .putObject(p -> p.bucket(BUCKET).key("k").ifMatch(first), RequestBody.fromString("second"));
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(
            () ->
                s3.client()
                    .putObject(
                        p -> p.bucket(BUCKET).key("k").ifMatch(first),
                        RequestBody.fromString("third")))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(412));
    assertThat(content()).isEqualTo("second");
    assertThatExceptionOfType(NoSuchKeyException.class)
        .isThrownBy(
            () ->
                s3.client()
                    .putObject(
                        p -> p.bucket(BUCKET).key("absent").ifMatch(first),
                        RequestBody.fromString("x")));
  }

  private PutObjectResponse put(String text) {
    return s3.client().putObject(p -> p.bucket(BUCKET).key("k"), RequestBody.fromString(text));
  }

  private String content() {
    return new String(
        s3.server().object(BUCKET, "k").orElseThrow().bytes(), StandardCharsets.UTF_8);
  }
}
