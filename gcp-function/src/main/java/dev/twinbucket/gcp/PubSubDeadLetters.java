package dev.twinbucket.gcp;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import dev.twinbucket.intake.DeadLetter;
import dev.twinbucket.intake.DeadLetterException;
import dev.twinbucket.intake.DeadLetters;
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
 * Dead letters on a Pub/Sub topic, over its REST interface; its client library would bring the gRPC
 * transport. The reason is in the message's attributes.
 *
 * @see <a
 *     href="https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.topics/publish">projects.topics.publish</a>
 */
final class PubSubDeadLetters implements DeadLetters {
  /** The variable in which Google's client libraries look for an emulator. */
  private static final String EMULATOR_VARIABLE = "PUBSUB_EMULATOR_HOST";

  private static final String SCOPE = "https://www.googleapis.com/auth/pubsub";
  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 15_000;

  private final HttpTransport transport;
  private final HttpRequestFactory requests;
  private final GenericUrl publish;

  private PubSubDeadLetters(
      HttpTransport transport, HttpRequestFactory requests, GenericUrl publish) {
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
  static PubSubDeadLetters open(String topic, Map<String, String> environment) {
    HttpTransport transport = new NetHttpTransport();
    Optional<String> emulator =
        Optional.ofNullable(environment.get(EMULATOR_VARIABLE)).filter(host -> !host.isEmpty());
    HttpRequestFactory requests =
        emulator.isPresent()
            ? transport.createRequestFactory()
            : transport.createRequestFactory(new HttpCredentialsAdapter(credentials()));
    String host =
        emulator.map(PubSubDeadLetters::withScheme).orElse("https://pubsub.googleapis.com");
    return new PubSubDeadLetters(
        transport, requests, new GenericUrl(host + "/v1/" + topic + ":publish"));
  }

  @Override
  public void put(DeadLetter letter) {
    JsonObject.Builder attributes = JsonObject.builder();
    letter.attributes().forEach(attributes::put);
    String data =
        Base64.getEncoder().encodeToString(letter.body().getBytes(StandardCharsets.UTF_8));
    JsonObject message =
        JsonObject.builder().put("data", data).put("attributes", attributes.build()).build();
    JsonObject body = JsonObject.builder().put("messages", JsonArray.of(message)).build();
    try {
      HttpRequest request =
          requests.buildPostRequest(
              publish, new ByteArrayContent("application/json", Json.writeBytes(body)));
      request.setConnectTimeout(CONNECT_MILLIS).setReadTimeout(READ_MILLIS).execute().disconnect();
    } catch (IOException e) {
      throw new DeadLetterException("Pub/Sub did not take the dead letter: " + e.getMessage(), e);
    }
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
