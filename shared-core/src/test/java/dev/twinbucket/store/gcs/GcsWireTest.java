package dev.twinbucket.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.local.gcs.GcsOperation;
import dev.twinbucket.local.gcs.LocalGcs;
import dev.twinbucket.local.http.CallHandler;
import dev.twinbucket.local.http.LocalHttpServer;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the adapter sends, and what it makes of answers that no proper server would give. */
class GcsWireTest {
  private static final ObjectLocation AT = new BucketLocation("gs", "bucket").object("a key");
  private static final byte[] BYTES = "hello".getBytes(StandardCharsets.UTF_8);
  private static final String RESOURCE =
      "{\"bucket\":\"bucket\",\"name\":\"a key\",\"generation\":\"7\",\"metageneration\":\"1\","
          + "\"size\":\"5\",\"updated\":\"2026-10-21T07:28:00.123Z\"}";

  private record Seen(String method, String path, String query, String body) {}

  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  private interface Use {
    void of(GcsObjectStore store) throws IOException;
  }

  private void on(CallHandler handler, Use use) throws IOException {
    try (LocalHttpServer server =
            LocalHttpServer.start(
                0,
                call -> {
                  seen.add(
                      new Seen(
                          call.method(),
                          call.rawPath(),
                          call.rawQuery(),
                          new String(call.body().readAllBytes(), StandardCharsets.UTF_8)));
                  handler.handle(call);
                });
        GcsObjectStore store = open(server.endpoint())) {
      use.of(store);
    }
  }

  private static GcsObjectStore open(String host) {
    return GcsObjectStore.open(
        GcsStoreSettings.from(Map.of(GcsStoreSettings.EMULATOR_VARIABLE, host)));
  }

  @Test
  void aPutIsOneMultipartRequestWithChecksumAndCondition() throws IOException {
    on(
        call -> call.respond(200, "application/json", RESOURCE),
        store -> {
          put(store);
          assertThat(seen).hasSize(1);
          assertThat(seen.getFirst().method()).isEqualTo("POST");
          assertThat(seen.getFirst().path()).isEqualTo("/upload/storage/v1/b/bucket/o");
          assertThat(seen.getFirst().query())
              .contains("uploadType=multipart")
              .contains("ifGenerationMatch=0");
          assertThat(seen.getFirst().body())
              .contains("hello")
              .contains(Crc32c.of(ByteBuffer.wrap(BYTES)).base64());
        });
  }

  @Test
  void aServerWithoutTheXmlApiIsReadByTheJsonApi() throws IOException {
    on(
        call -> {
          if (call.rawPath().startsWith("/storage/v1/")) {
            call.respond(200, "application/json", RESOURCE);
          } else if (call.rawPath().startsWith("/download/")) {
            call.respond(200, BYTES);
          } else {
            call.respond(404);
          }
        },
        store -> {
          for (int i = 0; i < 4; i++) {
            try (ObjectContent content = store.read(ReadRequest.current(AT))) {
              assertThat(content.body().readAllBytes()).isEqualTo(BYTES);
              assertThat(content.snapshot().version()).isEqualTo(ObjectVersion.named("7", "1"));
            }
          }
          // Two attempts to use the XML API, then no more.
          assertThat(seen).hasSize(3 + 3 + 2 + 2);
          assertThat(seen.stream().filter(call -> call.path().equals("/bucket/a%20key")))
              .hasSize(2);
        });
  }

  @Test
  void aPageOfSomeProxyIsNoObject() throws IOException {
    on(
        call -> call.respond(200, "text/html", "<html>Please log in</html>"),
        store ->
            assertThatThrownBy(() -> store.read(ReadRequest.current(AT)))
                .isInstanceOf(StoreException.class)
                .isNotInstanceOf(StoreException.ObjectNotFound.class));
  }

  @ParameterizedTest
  @CsvSource({
    "400, Provided CRC32C \"a\" doesn't match calculated CRC32C \"b\"., invalid, IntegrityMismatch",
    "401, Anonymous caller, required, AccessDenied",
    "403, no storage.objects.create access, forbidden, AccessDenied",
    "403, slow down, rateLimitExceeded, Throttled",
    "404, The specified bucket does not exist., notFound, BucketNotFound",
    "412, At least one of the pre-conditions, conditionNotMet, ConditionFailed",
    "413, too large, uploadTooLarge, InvalidRequest",
    "429, slow down, rateLimitExceeded, Throttled",
    "500, backend error, backendError, Unavailable",
    "503, backend error, backendError, Unavailable"
  })
  void anErrorSaysWhatItsCallerMustDo(int status, String message, String reason, String expected)
      throws IOException {
    on(
        call ->
            call.respond(
                status,
                "application/json",
                "{\"error\":{\"code\":"
                    + status
                    + ",\"message\":\""
                    + message.replace("\"", "'")
                    + "\",\"errors\":[{\"reason\":\""
                    + reason
                    + "\",\"message\":\"m\"}]}}"),
        store ->
            assertThatThrownBy(() -> put(store))
                .isInstanceOf(StoreException.class)
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(expected)));
  }

  @Test
  void aBodyThatBreaksOffIsAnErrorOfItsStream() throws IOException {
    on(
        call -> {
          call.set("x-goog-generation", "7")
              .set("x-goog-metageneration", "1")
              .set("x-goog-hash", "crc32c=AAAAAA==")
              .set("x-goog-stored-content-length", "100")
              .set("Last-Modified", "Wed, 21 Oct 2026 07:28:00 GMT");
          call.respond(
              200,
              100,
              body -> {
                body.write(BYTES);
                body.flush();
                call.cut();
              });
        },
        store -> {
          try (ObjectContent content = store.read(ReadRequest.current(AT))) {
            assertThatThrownBy(() -> content.body().readAllBytes()).isInstanceOf(IOException.class);
          }
        });
  }

  /** GCS fills in a Cache-Control where there is none; only the JSON API tells which is which. */
  @Test
  void aCacheControlThatIsJustTheDefaultIsKnownExactlyAfterALook() throws IOException {
    try (LocalGcs gcs = LocalGcs.start().createBucket("bucket");
        GcsObjectStore store = open(gcs.endpoint())) {
      ObjectAttributes chosen = cached("private, max-age=0");
      put(store, AT, chosen);
      assertThat(attributesOf(store, AT)).isEqualTo(ObjectAttributes.NONE);
      assertThat(store.observe(AT).object().orElseThrow().attributes()).isEqualTo(chosen);
      assertThat(attributesOf(store, AT)).isEqualTo(chosen);
      ObjectLocation common = AT.bucket().object("common");
      put(store, common, cached("public, max-age=3600"));
      assertThat(attributesOf(store, common)).isEqualTo(cached("public, max-age=3600"));
      assertThat(gcs.requests(GcsOperation.OBJECT_READ)).isEqualTo(3);
    }
  }

  private static ObjectAttributes cached(String cacheControl) {
    return new ObjectAttributes(
        new SystemHeaders("", cacheControl, "", "", "", "", "", ""), Map.of(), Map.of());
  }

  private static ObjectAttributes attributesOf(GcsObjectStore store, ObjectLocation at) {
    try (ObjectContent content = store.read(ReadRequest.current(at))) {
      return content.snapshot().attributes();
    }
  }

  private static void put(GcsObjectStore store) {
    put(store, AT, ObjectAttributes.NONE);
  }

  private static void put(GcsObjectStore store, ObjectLocation at, ObjectAttributes attributes) {
    store.put(
        new PutRequest(
            at,
            ByteBuffer.wrap(BYTES),
            Crc32c.of(ByteBuffer.wrap(BYTES)),
            attributes,
            Optional.empty(),
            WriteCondition.ifAbsent(),
            Placement.DEFAULT));
  }
}
