package dev.twinbucket.local.gcs;

import static dev.twinbucket.local.gcs.Wire.header;
import static dev.twinbucket.local.gcs.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of the XML API, and what both APIs do with gzip. */
class XmlWireTest {

  private static final byte[] NOTHING = new byte[0];

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

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(utf8(text));
    }
    return bytes.toByteArray();
  }

  @Test
  void aHeadTellsEverythingAboutAnObject() throws Exception {
    HttpResponse<byte[]> put =
        wire.send(
            "PUT", "/b/k", utf8("hello"), "x-goog-meta-Stamp", "v1", "Content-Type", "text/plain");
    assertThat(put.statusCode()).isEqualTo(200);
    HttpResponse<byte[]> head = wire.send("HEAD", "/b/k");
    assertThat(header(head, "x-goog-generation")).isEqualTo(header(put, "x-goog-generation"));
    assertThat(header(head, "x-goog-metageneration")).isEqualTo("1");
    assertThat(header(head, "x-goog-hash"))
        .isEqualTo("crc32c=mnG7TA==,md5=XUFAKrxLKna5cZ2REBfFkg==");
    assertThat(header(head, "x-goog-stored-content-length")).isEqualTo("5");
    assertThat(header(head, "x-goog-stored-content-encoding")).isEqualTo("identity");
    assertThat(header(head, "x-goog-meta-stamp")).isEqualTo("v1");
    assertThat(header(head, "content-length")).isEqualTo("5");
    assertThat(header(head, "etag")).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    assertThat(head.body()).isEmpty();
  }

  @Test
  void onlyTheXmlApiShowsCustomMetadataInHeaders() throws Exception {
    wire.send("PUT", "/b/k", utf8("x"), "x-goog-meta-a", "1");
    HttpResponse<byte[]> json = wire.send("GET", "/storage/v1/b/b/o/k?alt=media");
    assertThat(json.headers().map().keySet()).noneMatch(name -> name.startsWith("x-goog-meta-"));
    assertThat(header(wire.send("GET", "/b/k"), "x-goog-meta-a")).isEqualTo("1");
  }

  @Test
  void generationPreconditionsAreHeaders() throws Exception {
    assertThat(wire.send("PUT", "/b/k", utf8("1"), "x-goog-if-generation-match", "0").statusCode())
        .isEqualTo(200);
    HttpResponse<byte[]> refused =
        wire.send("PUT", "/b/k", utf8("2"), "x-goog-if-generation-match", "0");
    assertThat(refused.statusCode()).isEqualTo(412);
    assertThat(text(refused)).contains("<Code>PreconditionFailed</Code>");
    assertThat(wire.send("DELETE", "/b/k", NOTHING, "x-goog-if-generation-match", "7").statusCode())
        .isEqualTo(412);
    assertThat(wire.send("GET", "/b/k?generation=7").statusCode()).isEqualTo(404);
    assertThat(gcs.bytes("b", "k")).contains(utf8("1"));
  }

  @Test
  void aWrongDigestIsRefused() throws Exception {
    HttpResponse<byte[]> md5 =
        wire.send("PUT", "/b/k", utf8("x"), "Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==");
    assertThat(md5.statusCode()).isEqualTo(400);
    assertThat(text(md5)).contains("<Code>BadDigest</Code>");
    assertThat(wire.send("PUT", "/b/k", utf8("x"), "x-goog-hash", "crc32c=AAAAAA==").statusCode())
        .isEqualTo(400);
    assertThat(gcs.objects("b")).isEmpty();
  }

  @Test
  void gzipIsUndoneUnlessTheReaderTakesIt() throws Exception {
    byte[] stored = gzip("plain text");
    wire.send("PUT", "/b/k", stored, "Content-Encoding", "gzip", "Content-Type", "text/plain");
    for (String target : new String[] {"/b/k", "/download/storage/v1/b/b/o/k?alt=media"}) {
      HttpResponse<byte[]> plain = wire.send("GET", target, NOTHING, "Range", "bytes=0-3");
      assertThat(plain.statusCode()).isEqualTo(200);
      assertThat(text(plain)).isEqualTo("plain text");
      assertThat(plain.headers().firstValue("content-length")).isEmpty();
      assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
      assertThat(header(plain, "x-goog-stored-content-encoding")).isEqualTo("gzip");
      assertThat(header(plain, "x-goog-stored-content-length"))
          .isEqualTo(Integer.toString(stored.length));
      HttpResponse<byte[]> raw = wire.send("GET", target, NOTHING, "Accept-Encoding", "gzip");
      assertThat(raw.body()).isEqualTo(stored);
      assertThat(header(raw, "content-encoding")).isEqualTo("gzip");
      assertThat(
              wire.send("GET", target, NOTHING, "Accept-Encoding", "gzip", "Range", "bytes=0-3")
                  .body())
          .hasSize(4);
    }
  }

  @Test
  void whatIsMarkedNoTransformIsServedAsStored() throws Exception {
    byte[] stored = gzip("plain text");
    wire.send("PUT", "/b/k", stored, "Content-Encoding", "gzip", "Cache-Control", "no-transform");
    assertThat(wire.send("GET", "/b/k").body()).isEqualTo(stored);
  }

  @Test
  void aNameWithControlCharactersIsListedExactlyWhenUrlEncoded() throws Exception {
    wire.send("PUT", "/b/bell%07", utf8("x"));
    assertThat(text(wire.send("GET", "/b?encoding-type=url"))).contains("<Key>bell%07</Key>");
  }

  @Test
  void unknownRequestsAreRefused() throws Exception {
    assertThat(wire.send("POST", "/b/k").statusCode()).isEqualTo(404);
    assertThat(wire.send("PUT", "/b").statusCode()).isEqualTo(404);
    assertThat(gcs.requests(GcsOperation.OTHER)).isEqualTo(2);
  }

  @Test
  void metadataInUtf8SurvivesBothApis() throws Exception {
    wire.send(
        "POST",
        "/upload/storage/v1/b/b/o?uploadType=multipart",
        utf8(
            "--x\r\n\r\n{\"name\":\"k\",\"metadata\":{\"a\":\"wärme\"}}\r\n--x\r\n\r\nbody\r\n--x--"),
        "Content-Type",
        "multipart/related; boundary=\"x\"");
    assertThat(gcs.object("b", "k").orElseThrow().metadata()).containsEntry("a", "wärme");
    assertThat(gcs.object("b", "k").orElseThrow().contentType()).isEmpty();
    assertThat(XmlHeaders.fromWire(header(wire.send("HEAD", "/b/k"), "x-goog-meta-a")))
        .isEqualTo("wärme");
  }

  @Test
  void aCopyKeepsOrReplacesMetadata() throws Exception {
    wire.send("PUT", "/b/a%20b", utf8("x"), "x-goog-meta-a", "1");
    wire.send("PUT", "/b/kept", NOTHING, "x-goog-copy-source", "/b/a%20b");
    wire.send(
        "PUT",
        "/b/replaced",
        NOTHING,
        "x-goog-copy-source",
        "/b/a%20b",
        "x-goog-metadata-directive",
        "REPLACE",
        "x-goog-meta-b",
        "2");
    assertThat(gcs.object("b", "kept").orElseThrow().metadata()).containsOnlyKeys("a");
    assertThat(gcs.object("b", "replaced").orElseThrow().metadata()).containsOnlyKeys("b");
  }
}
