package dev.twinbucket.local.s3;

import static dev.twinbucket.local.s3.TestingS3.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

class VersioningTest {
  private final TestingS3 s3 = new TestingS3(LocalS3.builder().bucket(BUCKET, Versioning.ENABLED));

  @AfterEach
  void stop() {
    s3.close();
  }

  @Test
  void aDeleteLeavesAMarkerAndTheVersionsBehindIt() {
    String first = put("one");
    String second = put("two");
    DeleteObjectResponse deleted = s3.client().deleteObject(d -> d.bucket(BUCKET).key("k"));

    assertThat(deleted.deleteMarker()).isTrue();
    assertThatExceptionOfType(NoSuchKeyException.class)
        .isThrownBy(() -> s3.client().getObjectAsBytes(g -> g.bucket(BUCKET).key("k")))
        .satisfies(
            e ->
                assertThat(
                        e.awsErrorDetails()
                            .sdkHttpResponse()
                            .firstMatchingHeader("x-amz-delete-marker"))
                    .contains("true"));
    assertThat(read(first)).isEqualTo("one");
    assertThat(read(second)).isEqualTo("two");
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(() -> read(deleted.versionId()))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(405));

    s3.client().deleteObject(d -> d.bucket(BUCKET).key("k").versionId(deleted.versionId()));
    assertThat(s3.client().getObjectAsBytes(g -> g.bucket(BUCKET).key("k")).asUtf8String())
        .isEqualTo("two");
    assertThat(s3.notifications())
        .satisfiesExactly(
            n -> assertThat(n).contains("\"ObjectCreated:Put\""),
            n -> assertThat(n).contains("\"ObjectCreated:Put\""),
            n -> assertThat(n).contains("\"ObjectRemoved:DeleteMarkerCreated\""),
            n -> assertThat(n).contains("\"ObjectRemoved:Delete\""));
  }

  @Test
  void deletingANoncurrentVersionLeavesTheCurrentOne() {
    String first = put("one");
    put("two");
    s3.client().deleteObject(d -> d.bucket(BUCKET).key("k").versionId(first));
    assertThat(s3.client().getObjectAsBytes(g -> g.bucket(BUCKET).key("k")).asUtf8String())
        .isEqualTo("two");
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(() -> read(first))
        .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NoSuchVersion"));
  }

  @Test
  void everyPlainDeleteAddsAMarkerEvenOnAnAbsentKey() {
    s3.client().deleteObject(d -> d.bucket(BUCKET).key("k"));
    s3.client().deleteObject(d -> d.bucket(BUCKET).key("k"));
    assertThat(s3.server().versions(BUCKET)).hasSize(2).allMatch(StoredObject::isDeleteMarker);
    assertThat(s3.notifications()).hasSize(2);
  }

  @Test
  void versionsAreListedNewestFirstOverPages() {
    List<String> ids = List.of(put("1"), put("2"), put("3"));
    s3.server().put(BUCKET, "other", new byte[0]);
    s3.client().deleteObject(d -> d.bucket(BUCKET).key("k"));

    ListObjectVersionsResponse all = s3.client().listObjectVersions(l -> l.bucket(BUCKET));
    assertThat(all.deleteMarkers()).hasSize(1).allMatch(m -> m.isLatest());
    assertThat(all.versions())
        .extracting(ObjectVersion::versionId)
        .startsWith(ids.get(2), ids.get(1), ids.get(0))
        .hasSize(4);
    assertThat(s3.client().listObjectVersionsPaginator(l -> l.bucket(BUCKET).maxKeys(2)).versions())
        .extracting(ObjectVersion::versionId)
        .containsExactlyElementsOf(all.versions().stream().map(ObjectVersion::versionId).toList());
  }

  @Test
  void whileSuspendedWritesReplaceOnlyTheNullVersion() {
    String kept = put("kept");
    s3.client()
        .putBucketVersioning(
            v ->
                v.bucket(BUCKET)
                    .versioningConfiguration(c -> c.status(BucketVersioningStatus.SUSPENDED)));
    assertThat(put("a")).isEqualTo("null");
    assertThat(put("b")).isEqualTo("null");
    assertThat(s3.server().versions(BUCKET)).hasSize(2);
    DeleteObjectResponse deleted = s3.client().deleteObject(d -> d.bucket(BUCKET).key("k"));
    assertThat(deleted.versionId()).isEqualTo("null");
    assertThat(s3.server().versions(BUCKET))
        .extracting(StoredObject::versionId)
        .containsExactly("null", kept);
    assertThat(s3.client().getBucketVersioning(v -> v.bucket(BUCKET)).status())
        .isEqualTo(BucketVersioningStatus.SUSPENDED);
  }

  @Test
  void conditionsLookAtTheCurrentVersionOnly() {
    put("one");
    String etag = s3.server().object(BUCKET, "k").orElseThrow().etag();
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(() -> s3.client().deleteObject(d -> d.bucket(BUCKET).key("k").ifMatch("no")))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(412));
    s3.client().deleteObject(d -> d.bucket(BUCKET).key("k").ifMatch(etag));
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(() -> s3.client().deleteObject(d -> d.bucket(BUCKET).key("k").ifMatch(etag)))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(404));
    s3.client()
        .putObject(
            p -> p.bucket(BUCKET).key("k").ifNoneMatch("*"), RequestBody.fromString("again"));
    assertThat(s3.server().object(BUCKET, "k")).isPresent();
  }

  @Test
  void anExpiryIsNotifiedAsTheLifecyclesAndNotAsTheUsers() {
    put("one");
    assertThat(s3.server().expire(BUCKET, "k")).isTrue();
    assertThat(s3.server().expire(BUCKET, "k")).isFalse();
    assertThat(s3.notifications().getLast())
        .contains("\"LifecycleExpiration:DeleteMarkerCreated\"");
    assertThat(s3.notifications()).hasSize(2);
  }

  private String put(String text) {
    return s3.client()
        .putObject(p -> p.bucket(BUCKET).key("k"), RequestBody.fromString(text))
        .versionId();
  }

  private String read(String versionId) {
    return s3.client()
        .getObjectAsBytes(g -> g.bucket(BUCKET).key("k").versionId(versionId))
        .asUtf8String();
  }
}
