package dev.twinbucket.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.local.http.CallHandler;
import dev.twinbucket.local.http.HttpCall;
import dev.twinbucket.local.http.LocalHttpServer;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the adapter sends, and what it makes of answers that no proper server would give. */
class S3WireTest {
  private static final ObjectLocation AT = new BucketLocation("s3", "bucket").object("key");
  private static final byte[] BYTES = "hello".getBytes(StandardCharsets.UTF_8);
  private static final String DATE = "Wed, 21 Oct 2026 07:28:00 GMT";

  private record Seen(String method, String target, Map<String, String> headers, String body) {}

  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private LocalHttpServer server;
  private S3ObjectStore store;

  private void answer(CallHandler handler) {
    server =
        LocalHttpServer.start(
            0,
            call -> {
              seen.add(
                  new Seen(
                      call.method(),
                      call.rawPath(),
                      call.headers(),
                      new String(call.body().readAllBytes(), StandardCharsets.UTF_8)));
              handler.handle(call);
            });
    store =
        S3ObjectStore.open(
            new S3StoreSettings(
                Optional.of(URI.create(server.endpoint())),
                Optional.of("us-east-1"),
                S3StoreSettings.Addressing.AUTOMATIC,
                new S3Credentials.Keys("id", "secret", Optional.empty()),
                S3Quirks.NONE));
  }

  @AfterEach
  void stop() {
    store.close();
    server.close();
  }

  @Test
  void aPutIsOnePlainRequestWithOurOwnChecksumAndACondition() {
    answer(call -> call.set("ETag", "\"e\"").respond(200));
    put();
    assertThat(seen).hasSize(1);
    Seen put = seen.getFirst();
    assertThat(put.method()).isEqualTo("PUT");
    assertThat(put.target()).isEqualTo("/bucket/key");
    assertThat(put.body()).isEqualTo("hello");
    assertThat(put.headers())
        .containsEntry("content-length", "5")
        .containsEntry("if-none-match", "*")
        .containsEntry("x-amz-checksum-crc32c", Crc32c.of(ByteBuffer.wrap(BYTES)).base64())
        .doesNotContainKeys("content-encoding", "x-amz-trailer", "x-amz-decoded-content-length");
  }

  @Test
  void aPageOfSomeProxyIsNoObject() {
    answer(call -> call.respond(200, "text/html", "<html>Please log in</html>"));
    assertThatThrownBy(() -> store.observe(AT)).isInstanceOf(StoreException.Unavailable.class);
    assertThatThrownBy(() -> store.read(ReadRequest.current(AT)))
        .isInstanceOf(StoreException.Unavailable.class);
  }

  @Test
  void aWholeObjectInPlaceOfARangeIsRefused() {
    answer(call -> call.set("ETag", "\"e\"").set("Last-Modified", DATE).respond(200, BYTES));
    ObjectVersion version = store.observe(AT).object().orElseThrow().version();
    assertThatThrownBy(() -> store.read(ReadRequest.range(AT, version, 1, 2)))
        .isInstanceOf(StoreException.Unavailable.class);
  }

  @Test
  void aBodyThatBreaksOffIsAnErrorOfItsStream() throws IOException {
    answer(
        call -> {
          call.set("ETag", "\"e\"").set("Last-Modified", DATE);
          call.respond(
              200,
              100,
              body -> {
                body.write(BYTES);
                body.flush();
                call.cut();
              });
        });
    try (ObjectContent content = store.read(ReadRequest.current(AT))) {
      assertThatThrownBy(() -> content.body().readAllBytes()).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, BadDigest, IntegrityMismatch",
    "400, XAmzContentChecksumMismatch, IntegrityMismatch",
    "400, KeyTooLongError, InvalidRequest",
    "400, MetadataTooLarge, InvalidRequest",
    "400, ExpiredToken, AccessDenied",
    "403, AccessDenied, AccessDenied",
    "403, SignatureDoesNotMatch, AccessDenied",
    "404, NoSuchBucket, BucketNotFound",
    "409, ConditionalRequestConflict, ConditionFailed",
    "412, PreconditionFailed, ConditionFailed",
    "429, TooManyRequests, Throttled",
    "500, InternalError, Unavailable",
    "501, NotImplemented, Unsupported",
    "503, SlowDown, Throttled",
    "503, ServiceUnavailable, Unavailable"
  })
  void anErrorSaysWhatItsCallerMustDo(int status, String code, String expected) {
    answer(
        call ->
            call.respond(
                status,
                "application/xml",
                "<Error><Code>" + code + "</Code><Message>m</Message></Error>"));
    assertThatThrownBy(this::put)
        .isInstanceOf(StoreException.class)
        .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(expected));
    boolean transientError = status == 500 || status == 503 || status == 429;
    assertThat(seen).hasSize(transientError ? 3 : 1);
  }

  @Test
  void aRefusalToLookIsNoAbsence() {
    answer(call -> call.respond(403));
    assertThatThrownBy(() -> store.observe(AT)).isInstanceOf(StoreException.AccessDenied.class);
  }

  @Test
  void anAbsenceInABucketThatIsNotProvenIsNone() {
    answer(call -> call.respond(404));
    assertThatThrownBy(() -> store.observe(AT)).isInstanceOf(StoreException.BucketNotFound.class);
  }

  @Test
  void aListingThatIsCutOffOrOutOfOrderOrNoListingIsRefused() {
    answer(call -> listing(call));
    BucketLocation bucket = AT.bucket();
    for (String prefix : List.of("cut", "disorder", "html")) {
      assertThatThrownBy(() -> store.list(ListRequest.first(bucket, prefix)))
          .as(prefix)
          .isInstanceOf(StoreException.Unavailable.class);
    }
  }

  private static void listing(HttpCall call) throws IOException {
    String query = call.rawQuery();
    if (query.contains("html")) {
      call.respond(200, "text/html", "<html><body>Please log in</body></html>");
      return;
    }
    String first = query.contains("cut") ? "cut-a" : "disorder-b";
    String second = query.contains("cut") ? "cut-b" : "disorder-a";
    call.respond(
        200,
        "application/xml",
        "<ListBucketResult><Name>bucket</Name><IsTruncated>"
            + query.contains("cut")
            + "</IsTruncated>"
            + contents(first)
            + contents(second)
            + "</ListBucketResult>");
  }

  private static String contents(String key) {
    return "<Contents><Key>"
        + key
        + "</Key><Size>1</Size><ETag>e</ETag><LastModified>2026-10-21T07:28:00Z</LastModified>"
        + "</Contents>";
  }

  private void put() {
    store.put(
        new PutRequest(
            AT,
            ByteBuffer.wrap(BYTES),
            Crc32c.of(ByteBuffer.wrap(BYTES)),
            ObjectAttributes.NONE,
            Optional.empty(),
            WriteCondition.ifAbsent(),
            Placement.DEFAULT));
  }
}
