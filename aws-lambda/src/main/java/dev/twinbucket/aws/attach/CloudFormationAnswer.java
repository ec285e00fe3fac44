package dev.twinbucket.aws.attach;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells CloudFormation how a custom resource request ended, at the presigned address that came with
 * it. Without this answer a stack waits until its timeout.
 */
final class CloudFormationAnswer {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** CloudFormation takes 4 KiB for the whole answer. */
  private static final int LONGEST_REASON = 1000;

  private final HttpClient http;

  CloudFormationAnswer(HttpClient http) {
    this.http = http;
  }

  /**
   * Sends the answer.
   *
   * @param call the request as it came
   * @param physicalId names what was attached; when it changes, CloudFormation deletes the former
   * @param failure why it did not work, or empty if it did
   * @throws IOException if the answer could not be delivered
   */
  void send(JsonObject call, String physicalId, Optional<String> failure)
      throws IOException, InterruptedException {
    JsonObject.Builder answer =
        JsonObject.builder()
            .put("Status", failure.isEmpty() ? "SUCCESS" : "FAILED")
            .put("PhysicalResourceId", physicalId)
            .put("StackId", call.string("StackId").orElse(""))
            .put("RequestId", call.string("RequestId").orElse(""))
            .put("LogicalResourceId", call.string("LogicalResourceId").orElse(""));
    failure.ifPresent(reason -> answer.put("Reason", shortened(reason)));
    String address =
        call.string("ResponseURL")
            .orElseThrow(() -> new IllegalArgumentException("ResponseURL is missing"));
    // No Content-Type: the address is signed for none.
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(TIMEOUT)
            .PUT(HttpRequest.BodyPublishers.ofByteArray(Json.writeBytes(answer.build())))
            .build();
    int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status / 100 != 2) {
      throw new IOException("CloudFormation's answer address replied " + status);
    }
  }

  private static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
  }
}
