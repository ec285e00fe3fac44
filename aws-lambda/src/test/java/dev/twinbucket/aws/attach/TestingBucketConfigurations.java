package dev.twinbucket.aws.attach;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The four calls of S3 that matter here, for one bucket, and the address at which CloudFormation
 * awaits its answer. Configurations are kept as the XML that was sent, and the filter's name comes
 * back with a capital letter, as S3 returns it.
 */
final class TestingBucketConfigurations implements AutoCloseable {
  static final String BUCKET = "pictures.example";
  private static final String NO_NOTIFICATION =
      "<NotificationConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>";

  private final HttpServer server;
  private final Map<String, String> stored = new ConcurrentHashMap<>();
  private final List<String> log = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private BiConsumer<TestingBucketConfigurations, Integer> afterPut = (self, count) -> {};
  private final List<String> sent = new ArrayList<>();
  private int puts;
  private int answerStatus = 200;

  TestingBucketConfigurations() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.start();
  }

  S3Client client() {
    return S3Client.builder()
        .endpointOverride(URI.create(address()))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .forcePathStyle(true)
        .build();
  }

  String answerAddress() {
    return address() + "/answer?signature=x";
  }

  /** The configuration as it stands, or empty text. */
  String stored(String kind) {
    return stored.getOrDefault(kind, "");
  }

  void store(String kind, String xml) {
    stored.put(kind, xml);
  }

  /** Runs after each write of a configuration, with the number of writes so far. */
  void afterPut(BiConsumer<TestingBucketConfigurations, Integer> action) {
    afterPut = action;
  }

  void refuseAnswers() {
    answerStatus = 403;
  }

  /** Each configuration as it was sent, before S3's spelling. */
  List<String> sent() {
    return sent;
  }

  /** Method and query of each call to the bucket, and the header that skips validation. */
  List<String> log() {
    return log;
  }

  List<String> answers() {
    return answers;
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private synchronized void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (exchange.getRequestURI().getPath().equals("/answer")) {
        answers.add(body);
        exchange.sendResponseHeaders(answerStatus, -1);
        return;
      }
      if (!exchange.getRequestURI().getPath().equals("/" + BUCKET)) {
        reply(exchange, 404, "<Error><Code>NoSuchBucket</Code><Message>gone</Message></Error>");
        return;
      }
      String kind = exchange.getRequestURI().getQuery().replaceFirst("[=&].*", "");
      String skip =
          exchange.getRequestHeaders().getFirst("x-amz-skip-destination-validation") == null
              ? ""
              : exchange.getRequestHeaders().getFirst("x-amz-skip-destination-validation");
      log.add(exchange.getRequestMethod() + " " + kind + (skip.equals("true") ? " unchecked" : ""));
      switch (exchange.getRequestMethod()) {
        case "GET" -> get(exchange, kind);
        case "PUT" -> put(exchange, kind, body);
        default -> {
          stored.remove(kind);
          exchange.sendResponseHeaders(204, -1);
        }
      }
    }
  }

  private void get(HttpExchange exchange, String kind) throws IOException {
    String xml = stored.get(kind);
    if (xml == null && kind.equals("lifecycle")) {
      reply(
          exchange,
          404,
          "<Error><Code>NoSuchLifecycleConfiguration</Code><Message>none</Message></Error>");
      return;
    }
    if (kind.equals("lifecycle")) {
      exchange
          .getResponseHeaders()
          .add("x-amz-transition-default-minimum-object-size", stored("smallest transition"));
    }
    reply(exchange, 200, xml == null ? NO_NOTIFICATION : xml);
  }

  private void put(HttpExchange exchange, String kind, String body) throws IOException {
    if (body.contains("arn:aws:sqs:eu-central-1:123456789012:forbidden")) {
      reply(
          exchange,
          400,
          "<Error><Code>InvalidArgument</Code><Message>Unable to validate the following destination"
              + " configurations</Message></Error>");
      return;
    }
    sent.add(body);
    stored.put(kind, body.replace("<Name>prefix</Name>", "<Name>Prefix</Name>"));
    String smallest =
        exchange.getRequestHeaders().getFirst("x-amz-transition-default-minimum-object-size");
    if (kind.equals("lifecycle")) {
      stored.put("smallest transition", smallest == null ? "unset" : smallest);
    }
    afterPut.accept(this, ++puts);
    reply(exchange, 200, "");
  }

  private static void reply(HttpExchange exchange, int status, String xml) throws IOException {
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
