package dev.twinbucket.local.s3;

import static dev.twinbucket.local.s3.TestingS3.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Keys are opaque: each of these is an object of its own, under exactly its name. */
class ObjectKeysTest {
  private static final List<String> KEYS =
      List.of(
          "a+b c%20d%2F",
          "a//b",
          "a/b",
          "/lead",
          "lead",
          "//",
          "./x",
          "x",
          "a/../b",
          "..",
          ".",
          "dir/",
          "dir",
          "\"quotes'",
          "back\\slash",
          "<&>",
          "&amp;",
          "question?mark#hash",
          "\uD83D\uDE00",
          "\uFF5E fullwidth tilde",
          "caf\u00E9",
          "cafe\u0301",
          "a\u202Fb",
          "bell\u0007",
          "line\nfeed",
          "tab\t",
          " space ",
          "*~!$'()",
          "k".repeat(1024),
          "\u00E9".repeat(512));

  private final TestingS3 s3 = new TestingS3();

  @AfterEach
  void stop() {
    s3.close();
  }

  @Test
  void everyKeyIsWrittenListedReadAndDeletedUnderItsExactName() {
    for (String key : KEYS) {
      s3.client().putObject(p -> p.bucket(BUCKET).key(key), RequestBody.fromString(key));
    }
    List<String> inUtf8Order = new ArrayList<>(KEYS);
    inUtf8Order.sort(
        (a, b) ->
            Arrays.compareUnsigned(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));

    assertThat(s3.server().objects(BUCKET)).extracting(StoredObject::key).isEqualTo(inUtf8Order);
    List<String> listed =
        s3
            .client()
            .listObjectsV2Paginator(l -> l.bucket(BUCKET).maxKeys(7).encodingType(EncodingType.URL))
            .contents()
            .stream()
            .map(S3Object::key)
            .toList();
    assertThat(listed).isEqualTo(inUtf8Order);
    for (String key : KEYS) {
      assertThat(s3.client().getObjectAsBytes(g -> g.bucket(BUCKET).key(key)).asUtf8String())
          .isEqualTo(key);
      s3.client().deleteObject(d -> d.bucket(BUCKET).key(key));
    }
    assertThat(s3.server().objects(BUCKET)).isEmpty();
  }

  @Test
  void aKeyOfMoreThan1024BytesIsRefused() {
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(
            () ->
                s3.client()
                    .putObject(
                        p -> p.bucket(BUCKET).key("\u00E9".repeat(512) + "x"),
                        RequestBody.fromString("")))
        .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("KeyTooLongError"));
  }

  @Test
  void aDelimiterRollsKeysUpAcrossPages() {
    for (String key : List.of("a", "b/1", "b/2", "b/3", "c", "d//x", "d/y", "e")) {
      s3.server().put(BUCKET, key, new byte[0]);
    }
    List<String> seen = new ArrayList<>();
    int pages = 0;
    ListObjectsV2Request request =
        ListObjectsV2Request.builder().bucket(BUCKET).delimiter("/").maxKeys(2).build();
    ListObjectsV2Response page = s3.client().listObjectsV2(request);
    while (true) {
      pages++;
      page.contents().forEach(c -> seen.add(c.key()));
      seen.addAll(page.commonPrefixes().stream().map(CommonPrefix::prefix).toList());
      if (!page.isTruncated()) {
        break;
      }
      String token = page.nextContinuationToken();
      page = s3.client().listObjectsV2(request.toBuilder().continuationToken(token).build());
    }
    assertThat(seen).containsExactlyInAnyOrder("a", "b/", "c", "d/", "e");
    assertThat(pages).isEqualTo(3);
    assertThat(s3.client().listObjectsV2(l -> l.bucket(BUCKET).prefix("d/").delimiter("/")))
        .satisfies(
            inner -> {
              assertThat(inner.commonPrefixes())
                  .extracting(CommonPrefix::prefix)
                  .containsExactly("d//");
              assertThat(inner.contents()).extracting(S3Object::key).containsExactly("d/y");
            });
  }

  @Test
  void startAfterAndPrefixNarrowAListing() {
    for (String key : List.of("a1", "a2", "a3", "b1")) {
      s3.server().put(BUCKET, key, new byte[0]);
    }
    assertThat(
            s3.client()
                .listObjectsV2(l -> l.bucket(BUCKET).prefix("a").startAfter("a1"))
                .contents())
        .extracting(S3Object::key)
        .containsExactly("a2", "a3");
    assertThat(s3.client().listObjectsV2(l -> l.bucket(BUCKET).startAfter("a3")).contents())
        .extracting(S3Object::key)
        .containsExactly("b1");
    assertThat(s3.client().listObjects(l -> l.bucket(BUCKET).marker("a2").maxKeys(1)))
        .satisfies(
            page -> {
              assertThat(page.contents()).extracting(S3Object::key).containsExactly("a3");
              assertThat(page.isTruncated()).isTrue();
            });
  }
}
