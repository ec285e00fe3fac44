package dev.twinbucket.local.s3;

import static dev.twinbucket.local.s3.TestingS3.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.twinbucket.local.http.Fault;
import dev.twinbucket.local.http.FaultScript;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Limits, races, and requests that the official client would not send. */
class StrictnessTest {
  private static final String SIGNED =
      "Authorization: AWS4-HMAC-SHA256 Credential=AK/20261121/us-east-1/s3/aws4_request,"
          + " SignedHeaders=host, Signature="
          + "0".repeat(64);

  @TempDir private Path folder;
  private final TestingS3 s3 = new TestingS3();

  @AfterEach
  void stop() {
    s3.close();
  }

  @Test
  void onlyOneOfManyWritersCreatesAnObject() {
    AtomicInteger created = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        String text = "writer " + i;
        writers.execute(
            () -> {
              try {
                s3.client()
                    .putObject(
                        p -> p.bucket(BUCKET).key("k").ifNoneMatch("*"),
                        RequestBody.fromString(text));
                created.incrementAndGet();
              } catch (S3Exception e) {
                refused.addAndGet(e.statusCode() == 412 ? 1 : 1000);
              }
            });
      }
    }
    assertThat(created).hasValue(1);
    assertThat(refused).hasValue(15);
    assertThat(s3.notifications()).hasSize(1);
  }

  @Test
  void metadataAndTagsHaveTheirLimits() {
    put(Map.of("name", "v".repeat(2044)), "");
    assertRefused(() -> put(Map.of("name", "v".repeat(2045)), ""), "MetadataTooLarge");
    put(Map.of(), tags(10));
    assertRefused(() -> put(Map.of(), tags(11)), "BadRequest");
    assertRefused(() -> put(Map.of(), "a=1&a=2"), "InvalidTag");
  }

  @Test
  void aWrongContentMd5IsRefused() {
    assertRefused(
        () ->
            s3.client()
                .putObject(
                    p -> p.bucket(BUCKET).key("k").contentMD5("AAAAAAAAAAAAAAAAAAAAAA=="),
                    RequestBody.fromString("x")),
        "BadDigest");
    assertThat(s3.server().objects(BUCKET)).isEmpty();
  }

  @Test
  void aLostAnswerLeavesTheObjectAndTheRetryMeetsItsOwnWrite() {
    FaultScript.Rule lost = s3.server().faults().on("PUT", "/k").inject(new Fault.LoseAnswer());
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(
            () ->
                s3.client()
                    .putObject(
                        p -> p.bucket(BUCKET).key("k").ifNoneMatch("*"),
                        RequestBody.fromString("mine")))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(412));
    assertThat(lost.fired()).isEqualTo(1);
    assertThat(s3.server().object(BUCKET, "k").orElseThrow().bytes())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("mine");
  }

  @Test
  void bytesCanLieOnDisk() {
    try (TestingS3 disk = new TestingS3(LocalS3.builder().bucket(BUCKET).storeBytesIn(folder))) {
      byte[] bytes = new byte[1_000_003];
      new Random(1).nextBytes(bytes);
      disk.client().putObject(p -> p.bucket(BUCKET).key("k"), RequestBody.fromBytes(bytes));
      assertThat(disk.client().getObjectAsBytes(g -> g.bucket(BUCKET).key("k")).asByteArray())
          .isEqualTo(bytes);
      assertThat(folder).isNotEmptyDirectory();
    }
  }

  @Test
  void aBucketIsAddressedByTheHostAsWell() throws IOException {
    s3.server().put(BUCKET, "a/b", "found".getBytes(StandardCharsets.UTF_8));
    assertThat(raw("GET /a/b HTTP/1.1\r\nHost: tests.localhost:80\r\n" + SIGNED))
        .startsWith("HTTP/1.1 200")
        .endsWith("found");
  }

  @Test
  void unsignedAndMalformedRequestsAreRefused() throws IOException {
    assertThat(raw("GET /tests/k HTTP/1.1\r\nHost: localhost")).contains("AccessDenied");
    assertThat(raw("GET /tests/k HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS4 x"))
        .contains("AuthorizationHeaderMalformed");
    assertThat(raw("GET /tests/%zz HTTP/1.1\r\nHost: localhost\r\n" + SIGNED))
        .startsWith("HTTP/1.1 400");
    assertThat(raw("GET /tests/%FF HTTP/1.1\r\nHost: localhost\r\n" + SIGNED))
        .contains("InvalidURI");
    assertThat(raw("GET /tests?cors HTTP/1.1\r\nHost: localhost\r\n" + SIGNED))
        .contains("NotImplemented");
  }

  private void put(Map<String, String> metadata, String tagging) {
    s3.client()
        .putObject(
            p -> p.bucket(BUCKET).key("k").metadata(metadata).tagging(tagging),
            RequestBody.fromString("x"));
  }

  private static String tags(int count) {
    return IntStream.range(0, count).mapToObj(i -> "t" + i + "=v").collect(Collectors.joining("&"));
  }

  private String raw(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), s3.server().port())) {
      String request = head + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static void assertRefused(Runnable call, String code) {
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
  }
}
