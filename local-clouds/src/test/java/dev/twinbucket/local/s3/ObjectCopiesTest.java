package dev.twinbucket.local.s3;

import static dev.twinbucket.local.s3.TestingS3.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

class ObjectCopiesTest {
  private static final String SOURCE = "a+b c%20/\uD83D\uDE00";

  private final TestingS3 s3 = new TestingS3();
  private String etag;

  @BeforeEach
  void put() {
    etag =
        s3.client()
            .putObject(
                p ->
                    p.bucket(BUCKET)
                        .key(SOURCE)
                        .contentType("text/plain")
                        .metadata(Map.of("a", "b"))
                        .tagging("t=1"),
                RequestBody.fromString("bytes"))
            .eTag();
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  @Test
  void takesMetadataAndTagsOverUnlessTheyAreReplaced() {
    copy("same", c -> {});
    StoredObject same = stored("same");
    assertThat(same.systemHeaders()).containsEntry("content-type", "text/plain");
    assertThat(same.userMetadata()).containsEntry("a", "b");
    assertThat(same.tags()).containsEntry("t", "1");

    copy(
        "other",
        c ->
            c.metadataDirective(MetadataDirective.REPLACE)
                .contentType("text/html")
                .metadata(Map.of("c", "d"))
                .taggingDirective(TaggingDirective.REPLACE)
                .tagging("u=2"));
    StoredObject other = stored("other");
    assertThat(other.systemHeaders()).containsEntry("content-type", "text/html");
    assertThat(other.userMetadata()).containsOnly(Map.entry("c", "d"));
    assertThat(other.tags()).containsOnly(Map.entry("u", "2"));
    assertThat(s3.notifications().getLast()).contains("\"ObjectCreated:Copy\"");
  }

  @Test
  void ontoItselfItMustChangeSomething() {
    assertRefused(() -> copy(SOURCE, c -> {}), "InvalidRequest");
    copy(
        SOURCE, c -> c.metadataDirective(MetadataDirective.REPLACE).metadata(Map.of("new", "one")));
    assertThat(stored(SOURCE).userMetadata()).containsOnly(Map.entry("new", "one"));
    assertThat(stored(SOURCE).systemHeaders()).containsEntry("content-type", "binary/octet-stream");
  }

  @Test
  void conditionsOnTheSourceAndOnTheDestinationAreKept() {
    assertRefused(() -> copy("k", c -> c.copySourceIfMatch("other")), "PreconditionFailed");
    assertRefused(() -> copy("k", c -> c.copySourceIfNoneMatch(etag)), "PreconditionFailed");
    copy("k", c -> c.copySourceIfMatch(etag).ifNoneMatch("*"));
    assertRefused(() -> copy("k", c -> c.ifNoneMatch("*")), "PreconditionFailed");
    assertRefused(() -> copy("k", c -> c.ifMatch("other")), "PreconditionFailed");
    copy("k", c -> c.ifMatch(etag));
    assertRefused(() -> copy("absent", c -> c.sourceKey("absent")), "NoSuchKey");
  }

  private CopyObjectResponse copy(String to, Consumer<CopyObjectRequest.Builder> more) {
    return s3.client()
        .copyObject(
            c -> {
              c.sourceBucket(BUCKET).sourceKey(SOURCE);
              c.destinationBucket(BUCKET).destinationKey(to);
              more.accept(c);
            });
  }

  private StoredObject stored(String key) {
    return s3.server().object(BUCKET, key).orElseThrow();
  }

  private static void assertRefused(Runnable call, String code) {
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
  }
}
