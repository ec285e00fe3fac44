package dev.twinbucket.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalHttpServerTest {
  private final LocalHttpServer server =
      LocalHttpServer.start(
          0,
          call -> {
            byte[] body = call.body().readAllBytes();
            String text =
                call.method() + " " + call.line().rawTarget() + " " + body.length + " bytes";
            call.set("X-Seen", "yes").respond(200, text.getBytes(StandardCharsets.UTF_8));
          });

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void handsOverTheTargetAsItWasSent() throws IOException {
    for (String target :
        List.of("/b/a//b", "/b//lead", "/b/./x", "/b/a/../b", "/b/%2e%2F+%00?q=a+b&c")) {
      assertThat(exchange("GET " + target + " HTTP/1.1", ""))
          .endsWith("GET " + target + " 0 bytes");
    }
  }

  @Test
  void answersHeadWithTheLengthAndWithoutTheBody() throws IOException {
    String answer = exchange("HEAD /b/k HTTP/1.1", "");
    assertThat(answer).startsWith("HTTP/1.1 200").containsIgnoringCase("content-length: 17");
    assertThat(answer).endsWith("\r\n\r\n");
  }

  @Test
  void answersOnlyTheChosenCallWithTheInjectedFault() throws IOException {
    FaultScript.Rule rule = server.faults().on("GET", "/b/k").skip(1).inject(Fault.status(503));
    assertThat(exchange("GET /b/k HTTP/1.1", "")).startsWith("HTTP/1.1 200");
    assertThat(exchange("GET /b/other HTTP/1.1", "")).startsWith("HTTP/1.1 200");
    assertThat(exchange("GET /b/k HTTP/1.1", "")).startsWith("HTTP/1.1 503");
    assertThat(exchange("GET /b/k HTTP/1.1", "")).startsWith("HTTP/1.1 200");
    assertThat(rule.fired()).isEqualTo(1);
  }

  @Test
  void cutsTheAnswerInMidBody() throws IOException {
    server.faults().on("GET", "/b/k").inject(new Fault.CutResponse(5));
    String answer = exchange("GET /b/k HTTP/1.1", "");
    assertThat(answer).containsIgnoringCase("content-length: 16").endsWith("\r\n\r\nGET /");
  }

  @Test
  void losesTheAnswerAfterTheHandlerRan() throws IOException {
    server.faults().on("GET", "/b/k").inject(new Fault.LoseAnswer());
    assertThat(exchange("GET /b/k HTTP/1.1", "")).isEmpty();
  }

  @Test
  void shortensAnAnswerThatStillLooksWhole() throws IOException {
    server.faults().on("GET", "/b/k").inject(new Fault.ShortenResponse(5));
    String answer = exchange("GET /b/k HTTP/1.1", "");
    assertThat(answer).containsIgnoringCase("content-length: 5").endsWith("\r\n\r\nGET /");
  }

  @Test
  void flipsOneBitOfTheAnswer() throws IOException {
    server.faults().on("GET", "/b/k").inject(new Fault.DamageResponse(1));
    assertThat(exchange("GET /b/k HTTP/1.1", "")).endsWith("GDT /b/k 0 bytes");
  }

  @Test
  void cutsTheRequestInMidBody() throws IOException {
    server.faults().on("PUT", "/b/k").inject(new Fault.CutRequest(3));
    assertThat(exchange("PUT /b/k HTTP/1.1\r\nContent-Length: 6", "abcdef")).isEmpty();
  }

  @Test
  void decodesAPathOnceAndKeepsThePlus() {
    assertThat(PercentCoding.decodePath("a+b%20c%2520d%252F%F0%9F%98%80%07"))
        .isEqualTo("a+b c%20d%2F\uD83D\uDE00\u0007");
  }

  @Test
  void encodesWhatItDecodes() {
    String key = "a+b c%20d%2F/\u202F\uD83D\uDE00\u0007<&>\"\\";
    assertThat(PercentCoding.decodePath(PercentCoding.encode(key, "/"))).isEqualTo(key);
  }

  private String exchange(String head, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String request = head + "\r\nHost: localhost\r\nConnection: close\r\n\r\n" + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(readUntilClosed(socket.getInputStream()), StandardCharsets.ISO_8859_1);
    }
  }

  /** A cut connection may end with a reset in place of a clean end. */
  private static byte[] readUntilClosed(InputStream in) {
    byte[] bytes = new byte[65_536];
    int length = 0;
    try {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes, length, bytes.length - length)) {
        length += n;
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
    return Arrays.copyOf(bytes, length);
  }
}
