package dev.twinbucket.local.gcs;

import static dev.twinbucket.local.gcs.Wire.header;
import static dev.twinbucket.local.gcs.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of the JSON API, status by status and header by header. */
class JsonWireTest {

  private static final int QUANTUM = 262_144;

  private LocalGcs gcs;
  private Wire wire;

  @BeforeEach
  void start() {
    gcs = LocalGcs.start().createBucket("b");
    wire = new Wire(gcs.endpoint());
  }

  @AfterEach
  void stop() {
    wire.close();
    gcs.close();
  }

  private HttpResponse<byte[]> put(String name, String body, String... headers) throws Exception {
    return wire.send(
        "POST",
        "/upload/storage/v1/b/b/o?uploadType=media&name=" + name,
        body.getBytes(StandardCharsets.UTF_8),
        headers);
  }

  private String session(String... headers) throws Exception {
    HttpResponse<byte[]> started =
        wire.send(
            "POST",
            "/upload/storage/v1/b/b/o?uploadType=resumable&name=k",
            "{}".getBytes(StandardCharsets.UTF_8),
            headers);
    assertThat(started.statusCode()).isEqualTo(200);
    return header(started, "Location");
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(42).nextBytes(bytes);
    return bytes;
  }

  @Test
  void refusalsLookLikeGoogles() throws Exception {
    assertThat(put("k", "one").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> failed = put("k&ifGenerationMatch=0", "two");
    assertThat(failed.statusCode()).isEqualTo(412);
    assertThat(text(failed))
        .contains("\"code\":412", "\"reason\":\"conditionNotMet\"", "\"domain\":\"global\"");
    HttpResponse<byte[]> absent = wire.send("GET", "/storage/v1/b/b/o/none");
    assertThat(absent.statusCode()).isEqualTo(404);
    assertThat(text(absent)).contains("\"reason\":\"notFound\"", "No such object: b/none");
    assertThat(gcs.bytes("b", "k")).contains("one".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aReadThatNeedNotHappenIsNotModified() throws Exception {
    put("k", "one");
    long generation = gcs.object("b", "k").orElseThrow().generation();
    String target = "/storage/v1/b/b/o/k?ifGenerationNotMatch=" + generation;
    assertThat(wire.send("GET", target).statusCode()).isEqualTo(304);
    assertThat(wire.send("GET", target + "&alt=media").statusCode()).isEqualTo(304);
    assertThat(wire.send("GET", "/storage/v1/b/b/o/k?ifMetagenerationNotMatch=2").statusCode())
        .isEqualTo(200);
    assertThat(wire.send("GET", "/storage/v1/b/b/o/k?ifMetagenerationMatch=2").statusCode())
        .isEqualTo(412);
  }

  @ParameterizedTest
  @ValueSource(strings = {"crc32c=AAAAAA==", "md5=AAAAAAAAAAAAAAAAAAAAAA==", "sha1=zzz"})
  void aWrongHashInAHeaderIsRefused(String hash) throws Exception {
    assertThat(put("k", "bytes", "x-goog-hash", hash).statusCode()).isEqualTo(400);
    assertThat(gcs.objects("b")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"crc32c\":\"AAAAAA==\"", "\"md5Hash\":\"AAAAAAAAAAAAAAAAAAAAAA==\""})
  void aWrongHashInTheMetadataIsRefused(String hash) throws Exception {
    String body =
        "--x\r\nContent-Type: application/json\r\n\r\n{\"name\":\"k\","
            + hash
            + "}\r\n--x\r\nContent-Type: text/plain\r\n\r\nbytes\r\n--x--";
    HttpResponse<byte[]> refused =
        wire.send(
            "POST",
            "/upload/storage/v1/b/b/o?uploadType=multipart",
            body.getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            "multipart/related; boundary=x");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(gcs.objects("b")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a%0Ab", "a%0Db", ".well-known/acme-challenge/x", "%FF"})
  void namesThatTheServiceRefusesAreRefused(String name) throws Exception {
    assertThat(put(name, "x").statusCode()).isEqualTo(400);
    assertThat(gcs.objects("b")).isEmpty();
  }

  @Test
  void theLongestNameIs1024BytesOfUtf8() throws Exception {
    assertThat(put("a".repeat(1024), "x").statusCode()).isEqualTo(200);
    assertThat(put("a".repeat(1025), "x").statusCode()).isEqualTo(400);
    assertThat(put("%C3%A9".repeat(513), "x").statusCode()).isEqualTo(400);
  }

  @Test
  void rangesOfTheMediaArePartialContent() throws Exception {
    put("k", "0123456789");
    String target = "/download/storage/v1/b/b/o/k?alt=media";
    HttpResponse<byte[]> middle = wire.send("GET", target, new byte[0], "Range", "bytes=2-4");
    assertThat(middle.statusCode()).isEqualTo(206);
    assertThat(text(middle)).isEqualTo("234");
    assertThat(header(middle, "Content-Range")).isEqualTo("bytes 2-4/10");
    assertThat(text(wire.send("GET", target, new byte[0], "Range", "bytes=-3"))).isEqualTo("789");
    assertThat(text(wire.send("GET", target, new byte[0], "Range", "bytes=8-100"))).isEqualTo("89");
    assertThat(wire.send("GET", target, new byte[0], "Range", "bytes=10-").statusCode())
        .isEqualTo(416);
  }

  @Test
  void aResumableUploadTellsHowFarItIs() throws Exception {
    byte[] bytes = random(QUANTUM * 2 + 5);
    String session = session();
    HttpResponse<byte[]> none =
        wire.send("PUT", session, new byte[0], "Content-Range", "bytes */*");
    assertThat(none.statusCode()).isEqualTo(308);
    assertThat(none.headers().firstValue("Range")).isEmpty();
    HttpResponse<byte[]> first =
        wire.send(
            "PUT",
            session,
            Arrays.copyOf(bytes, QUANTUM + 100),
            "Content-Range",
            "bytes 0-" + (QUANTUM + 99) + "/*");
    assertThat(first.statusCode()).isEqualTo(308);
    assertThat(header(first, "Range")).isEqualTo("bytes=0-" + (QUANTUM - 1));
    HttpResponse<byte[]> last =
        wire.send(
            "PUT",
            session,
            Arrays.copyOfRange(bytes, QUANTUM, bytes.length),
            "Content-Range",
            "bytes %d-%d/%d".formatted(QUANTUM, bytes.length - 1, bytes.length));
    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(gcs.bytes("b", "k")).contains(bytes);
    assertThat(
            wire.send("PUT", session, new byte[0], "Content-Range", "bytes */" + bytes.length)
                .statusCode())
        .isEqualTo(200);
    assertThat(gcs.generations("b")).hasSize(1);
  }

  @Test
  void whoCannotTakeA308IsToldInAHeader() throws Exception {
    HttpResponse<byte[]> state =
        wire.send(
            "PUT",
            session(),
            new byte[0],
            "Content-Range",
            "bytes */*",
            "X-GUploader-No-308",
            "yes");
    assertThat(state.statusCode()).isEqualTo(200);
    assertThat(header(state, "X-HTTP-Status-Code-Override")).isEqualTo("308");
  }

  @Test
  void aSmallChunkBeforeTheLastIsRefused() throws Exception {
    assertThat(
            wire.send("PUT", session(), random(1000), "Content-Range", "bytes 0-999/*")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void aCancelledOrUnknownSessionIsGone() throws Exception {
    String session = session();
    assertThat(wire.send("DELETE", session).statusCode()).isEqualTo(499);
    assertThat(wire.send("PUT", session, new byte[0], "Content-Range", "bytes */*").statusCode())
        .isEqualTo(410);
    assertThat(gcs.openResumableUploads()).isZero();
  }

  @Test
  void thePreconditionOfAResumableUploadIsHeldAgainAtItsEnd() throws Exception {
    HttpResponse<byte[]> started =
        wire.send(
            "POST", "/upload/storage/v1/b/b/o?uploadType=resumable&name=k&ifGenerationMatch=0");
    put("k", "somebody else");
    HttpResponse<byte[]> finished =
        wire.send("PUT", header(started, "Location"), "late".getBytes(StandardCharsets.UTF_8));
    assertThat(finished.statusCode()).isEqualTo(412);
    assertThat(gcs.bytes("b", "k")).contains("somebody else".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aWrongTrailingHashFailsTheLastChunk() throws Exception {
    HttpResponse<byte[]> refused =
        wire.send(
            "PUT",
            session(),
            random(10),
            "Content-Range",
            "bytes 0-9/10",
            "x-goog-hash",
            "crc32c=AAAAAA==");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(gcs.objects("b")).isEmpty();
  }
}
