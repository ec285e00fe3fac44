package dev.twinbucket.gcp;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import dev.twinbucket.intake.Delivery;
import dev.twinbucket.intake.Handled;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonException;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.json.Limits;
import dev.twinbucket.operation.OperationAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The function for HTTP: Pub/Sub pushes, CloudEvents in either mode, an operator's hints, a
 * schedule's call for canaries, and, with a header that no push has, an operator's operations. It
 * answers 200 with a summary once the message is used up, and 503 with the same summary if it has
 * to come back: Pub/Sub then delivers it again.
 *
 * @see <a href="https://cloud.google.com/pubsub/docs/push#receive_push">Receive push messages</a>
 */
public final class PushFunction implements HttpFunction {
  private static final int LARGEST_BODY = 16 << 20;
  private static final String JSON = "application/json";

  /**
   * The header that names an operation. Pub/Sub and Eventarc send no header of somebody's choice,
   * so that whoever may publish a message cannot make the function do more than look.
   */
  private static final String OPERATION = "Twinbucket-Operation";

  private final FunctionIntake functions;

  /**
   * Reads the environment, once.
   *
   * @throws RuntimeException if the configuration is wrong; its message names every error
   */
  public PushFunction() {
    this(FunctionWiring.start(System.getenv()));
  }

  PushFunction(FunctionIntake functions) {
    this.functions = functions;
  }

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    if (!request.getMethod().equals("POST")) {
      refuse(response, HttpURLConnection.HTTP_BAD_METHOD, "POST a notification");
      return;
    }
    byte[] body;
    try (InputStream in = request.getInputStream()) {
      body = in.readNBytes(LARGEST_BODY + 1);
    }
    if (body.length > LARGEST_BODY) {
      refuse(response, HttpURLConnection.HTTP_ENTITY_TOO_LARGE, "no notification is so long");
      return;
    }
    Optional<String> operation = request.getFirstHeader(OPERATION);
    if (operation.isPresent()) {
      operate(operation.get(), body, response);
      return;
    }
    Handled handled = take(request, body);
    response.setStatusCode(
        handled.isDone() ? HttpURLConnection.HTTP_OK : HttpURLConnection.HTTP_UNAVAILABLE);
    write(response, handled.toJson());
  }

  private void operate(String name, byte[] body, HttpResponse response) throws IOException {
    JsonValue asked;
    try {
      asked = Json.parse(body, Limits.EVENT);
    } catch (JsonException e) {
      refuse(response, HttpURLConnection.HTTP_BAD_REQUEST, e.getMessage());
      return;
    }
    if (!functions.operations().nameOf(asked).equals(Optional.of(name))) {
      refuse(
          response,
          HttpURLConnection.HTTP_BAD_REQUEST,
          "the header %s and the member twinbucket of the body have to name the same one of %s"
              .formatted(OPERATION, String.join(", ", functions.operations().names())));
      return;
    }
    OperationAnswer answer = functions.operate(asked).orElseThrow();
    response.setStatusCode(
        switch (answer.ending()) {
          case DONE -> HttpURLConnection.HTTP_OK;
          case REFUSED -> HttpURLConnection.HTTP_BAD_REQUEST;
          case FAILED -> HttpURLConnection.HTTP_UNAVAILABLE;
        });
    write(response, answer.body());
  }

  private Handled take(HttpRequest request, byte[] body) {
    return functions.take(
        BinaryCloudEvent.of(request, body)
            .map(event -> event.delivery(functions.reader()))
            .orElseGet(() -> delivery(body)));
  }

  private Delivery delivery(byte[] body) {
    JsonObject message = pushed(body);
    return new Delivery(
        message.string("messageId").orElse(""),
        message.string("publishTime").flatMap(Timestamps::parse),
        new String(body, StandardCharsets.UTF_8),
        functions.reader().read(body));
  }

  /** The message if Pub/Sub sent it. What anybody else sent is not sent again by itself. */
  private static JsonObject pushed(byte[] body) {
    try {
      return Json.parse(body, Limits.EVENT)
          .asObject()
          .filter(push -> push.has("subscription"))
          .flatMap(push -> push.object("message"))
          .orElse(JsonObject.EMPTY);
    } catch (JsonException e) {
      return JsonObject.EMPTY;
    }
  }

  private static void refuse(HttpResponse response, int status, String error) throws IOException {
    response.setStatusCode(status);
    write(response, JsonObject.builder().put("error", error).build());
  }

  private static void write(HttpResponse response, JsonObject json) throws IOException {
    response.setContentType(JSON);
    response.getOutputStream().write(Json.writeBytes(json));
  }
}
