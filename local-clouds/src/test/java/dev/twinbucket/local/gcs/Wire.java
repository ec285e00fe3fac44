package dev.twinbucket.local.gcs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Requests made by hand, for what the official clients never send. */
final class Wire implements AutoCloseable {

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final String endpoint;

  Wire(String endpoint) {
    this.endpoint = endpoint;
  }

  /** Sends a request; {@code headers} are names and values in turn. */
  HttpResponse<byte[]> send(String method, String target, byte[] body, String... headers)
      throws IOException, InterruptedException {
    String uri = target.startsWith("http") ? target : endpoint + target;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri)).method(method, BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> send(String method, String target) throws IOException, InterruptedException {
    return send(method, target, new byte[0]);
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Override
  public void close() {
    client.close();
  }
}
