package dev.twinbucket.gcp;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Pub/Sub topic to publish to, over its REST interface; its client library would bring the gRPC
 * transport.
 *
 * @see <a
 *     href="https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.topics/publish">projects.topics.publish</a>
 */
final class PubSubTopic implements AutoCloseable {
  /** The variable in which Google's client libraries look for an emulator. */
  private static final String EMULATOR_VARIABLE = "PUBSUB_EMULATOR_HOST";

  private static final String SCOPE = "https://www.googleapis.com/auth/pubsub";
  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 15_000;

  private final HttpTransport transport;
  private final HttpRequestFactory requests;
  private final GenericUrl publish;

  private PubSubTopic(HttpTransport transport, HttpRequestFactory requests, GenericUrl publish) {
    this.transport = transport;
    this.requests = requests;
    this.publish = publish;
  }

  /**
   * Opens the topic, at an emulator without credentials if the environment names one, else with
   * Application Default Credentials; nothing is sent yet.
   *
   * @param topic its full name, {@code projects/PROJECT/topics/TOPIC}
   */
  static PubSubTopic open(String topic, Map<String, String> environment) {
    HttpTransport transport = new NetHttpTransport();
    Optional<String> emulator =
        Optional.ofNullable(environment.get(EMULATOR_VARIABLE)).filter(host -> !host.isEmpty());
    HttpRequestFactory requests =
        emulator.isPresent()
            ? transport.createRequestFactory()
            : transport.createRequestFactory(new HttpCredentialsAdapter(credentials()));
    String host = emulator.map(PubSubTopic::withScheme).orElse("https://pubsub.googleapis.com");
    return new PubSubTopic(transport, requests, new GenericUrl(host + "/v1/" + topic + ":publish"));
  }

  /**
   * Publishes a message.
   *
   * @throws IOException if it is not known to be there
   */
  void publish(String data, Map<String, String> attributes) throws IOException {
    JsonObject.Builder named = JsonObject.builder();
    attributes.forEach(named::put);
    JsonObject message =
        JsonObject.builder()
            .put("data", Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8)))
            .put("attributes", named.build())
            .build();
    JsonObject body = JsonObject.builder().put("messages", JsonArray.of(message)).build();
    HttpRequest request =
        requests.buildPostRequest(
            publish, new ByteArrayContent("application/json", Json.writeBytes(body)));
    request.setConnectTimeout(CONNECT_MILLIS).setReadTimeout(READ_MILLIS).execute().disconnect();
  }

  @Override
  public void close() {
    try {
      transport.shutdown();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GoogleCredentials credentials() {
    try {
      return GoogleCredentials.getApplicationDefault().createScoped(List.of(SCOPE));
    } catch (IOException e) {
      throw new UncheckedIOException("no Application Default Credentials for Pub/Sub", e);
    }
  }

  private static String withScheme(String host) {
    return host.contains("://") ? host : "http://" + host;
  }
}
