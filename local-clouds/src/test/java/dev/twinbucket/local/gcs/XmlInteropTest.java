package dev.twinbucket.local.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The XML API as the S3 client of the AWS SDK calls it. */
class XmlInteropTest {

  private static final int PART = 5 * 1024 * 1024;

  private LocalGcs gcs;
  private S3Client s3;

  @BeforeEach
  void start() {
    gcs = LocalGcs.start().createBucket("b");
    s3 =
        client()
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(c -> c.chunkedEncodingEnabled(false))
            .build();
  }

  private S3ClientBuilder client() {
    return S3Client.builder()
        .endpointOverride(URI.create(gcs.endpoint()))
        .region(Region.of("auto"))
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")));
  }

  @AfterEach
  void stop() {
    s3.close();
    gcs.close();
  }

  @Test
  void objectsAreWrittenReadListedAndDeleted() {
    String key = "dir/a+b c%20d%2F//é";
    s3.putObject(
        r ->
            r.bucket("b")
                .key(key)
                .contentType("text/plain")
                .cacheControl("no-store")
                .metadata(Map.of("mixed", "value")),
        RequestBody.fromString("hello"));
    HeadObjectResponse head = s3.headObject(r -> r.bucket("b").key(key));
    assertThat(head.contentLength()).isEqualTo(5);
    assertThat(head.metadata()).containsExactlyEntriesOf(Map.of("mixed", "value"));
    assertThat(head.contentType()).isEqualTo("text/plain");
    assertThat(head.cacheControl()).isEqualTo("no-store");
    byte[] range =
        s3.getObjectAsBytes(r -> r.bucket("b").key(key).range("bytes=1-3")).asByteArray();
    assertThat(range).isEqualTo("ell".getBytes(StandardCharsets.UTF_8));
    assertThat(s3.listObjectsV2Paginator(r -> r.bucket("b").maxKeys(1)).contents())
        .extracting(S3Object::key)
        .containsExactly(key);
    s3.deleteObject(r -> r.bucket("b").key(key));
    assertThatThrownBy(() -> s3.headObject(r -> r.bucket("b").key(key)))
        .isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void listingsPageInBothVersions() {
    List<String> keys = List.of("a/1", "a/2", "b", "c/1", "c/2", "d");
    keys.forEach(key -> s3.putObject(r -> r.bucket("b").key(key), RequestBody.fromString("x")));
    assertThat(s3.listObjectsV2Paginator(r -> r.bucket("b").maxKeys(2)).contents())
        .extracting(S3Object::key)
        .containsExactlyElementsOf(keys);
    var first = s3.listObjects(r -> r.bucket("b").maxKeys(2).delimiter("/"));
    assertThat(first.isTruncated()).isTrue();
    assertThat(first.commonPrefixes()).extracting(p -> p.prefix()).containsExactly("a/");
    assertThat(first.contents()).extracting(S3Object::key).containsExactly("b");
    var second =
        s3.listObjects(r -> r.bucket("b").maxKeys(2).delimiter("/").marker(first.nextMarker()));
    assertThat(second.commonPrefixes()).extracting(p -> p.prefix()).containsExactly("c/");
    assertThat(second.contents()).extracting(S3Object::key).containsExactly("d");
    assertThat(second.isTruncated()).isFalse();
  }

  @Test
  void aMultipartUploadWorks() {
    byte[] all = new byte[PART + 11];
    new Random(5).nextBytes(all);
    String id =
        s3.createMultipartUpload(r -> r.bucket("b").key("k").metadata(Map.of("a", "b"))).uploadId();
    String first =
        s3.uploadPart(
                r -> r.bucket("b").key("k").uploadId(id).partNumber(1),
                RequestBody.fromBytes(Arrays.copyOf(all, PART)))
            .eTag();
    String second =
        s3.uploadPart(
                r -> r.bucket("b").key("k").uploadId(id).partNumber(2),
                RequestBody.fromBytes(Arrays.copyOfRange(all, PART, all.length)))
            .eTag();
    assertThat(s3.listPartsPaginator(r -> r.bucket("b").key("k").uploadId(id).maxParts(1)).parts())
        .extracting(Part::size)
        .containsExactly((long) PART, 11L);
    s3.completeMultipartUpload(
        r ->
            r.bucket("b")
                .key("k")
                .uploadId(id)
                .multipartUpload(
                    m ->
                        m.parts(
                            CompletedPart.builder().partNumber(1).eTag(first).build(),
                            CompletedPart.builder().partNumber(2).eTag(second).build())));
    assertThat(gcs.bytes("b", "k")).contains(all);
    assertThat(gcs.object("b", "k").orElseThrow().metadata())
        .containsExactlyEntriesOf(Map.of("a", "b"));
  }

  @Test
  void bodiesInAmazonsOwnFramingAreRefused() {
    try (S3Client defaults = client().build()) {
      assertThatThrownBy(
              () ->
                  defaults.putObject(r -> r.bucket("b").key("k"), RequestBody.fromString("framed")))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));
    }
    assertThat(gcs.objects("b")).isEmpty();
  }

  @Test
  void aConditionalReadHoldsTheEtag() {
    s3.putObject(r -> r.bucket("b").key("k"), RequestBody.fromString("one"));
    GetObjectResponse got = s3.getObjectAsBytes(r -> r.bucket("b").key("k")).response();
    s3.putObject(r -> r.bucket("b").key("k"), RequestBody.fromString("two"));
    assertThatThrownBy(() -> s3.getObjectAsBytes(r -> r.bucket("b").key("k").ifMatch(got.eTag())))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
  }
}
