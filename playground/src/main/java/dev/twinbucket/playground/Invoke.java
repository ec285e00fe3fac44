package dev.twinbucket.playground;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonException;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.json.Limits;
import dev.twinbucket.playground.lambda.Answer;
import dev.twinbucket.playground.lambda.LambdaProcess;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command that sends one event through a packaged function. */
public final class Invoke {
  private static final String HELP =
      """
      Usage: invoke lambda EVENT      for instance aws-lambda/events/s3-put.json
             invoke function EVENT    for instance gcp-function/events/cloudevent-finalized.json

      Runs the packaged function under the vendor's own runtime, without Docker: the Lambda handler under the AWS runtime
      interface client (on Linux), the Google function under the Functions Framework. Sends the event, prints the
      function's outcome lines and its answer.

      Configuration, endpoints and credentials come from the environment: TWINBUCKET_LEFT, TWINBUCKET_RIGHT and the rest
      of docs/configuration.md, and the SDKs' own variables such as AWS_REGION, AWS_ENDPOINT_URL_S3 and
      STORAGE_EMULATOR_HOST.

      Status: 0 if the event is used up, 1 if it has to come back or the function failed, 2 for a wrong call.
      """;
  private static final String HANDLER = "dev.twinbucket.aws.ReplicationHandler::handleRequest";
  private static final List<String> LAMBDA_RUNTIME =
      List.of(
          "aws-lambda-java-core",
          "aws-lambda-java-runtime-interface-client",
          "aws-lambda-java-serialization",
          "utils-lite");
  private static final List<String> FUNCTION_RUNTIME = List.of("java-function-invoker");
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final Limits LARGEST = new Limits(16 << 20, 64);

  private final Path home;

  private Invoke(Path home) {
    this.home = home;
  }

  /**
   * Runs the command and exits with its status.
   *
   * @param arguments the project's folder, then the user's own
   */
  public static void main(String[] arguments) throws Exception {
    List<String> given = List.of(arguments).subList(1, arguments.length);
    if (given.contains("--help") || given.contains("-h")) {
      System.out.print(HELP);
      return;
    }
    if (given.size() != 2 || !Files.isRegularFile(Path.of(given.get(1)))) {
      System.err.println("invoke: what to invoke, and a file with an event, are needed");
      System.err.print(HELP);
      System.exit(2);
    }
    byte[] event = Files.readAllBytes(Path.of(given.get(1)));
    Invoke invoke = new Invoke(Path.of(arguments[0]));
    switch (given.getFirst()) {
      case "lambda" -> System.exit(invoke.lambda(event) ? 0 : 1);
      case "function" -> System.exit(invoke.function(event) ? 0 : 1);
      default -> {
        System.err.println("invoke: lambda or function?");
        System.exit(2);
      }
    }
  }

  private boolean lambda(byte[] event) throws Exception {
    Path archive = home.resolve("aws-lambda/target/twinbucket-lambda.zip");
    try (UnpackedArchive function = UnpackedArchive.of(archive);
        LambdaProcess process =
            LambdaProcess.start(function.folder(), HANDLER, runtime(LAMBDA_RUNTIME), Map.of())) {
      Answer answer =
          process.invoke(event, TIMEOUT).get(TIMEOUT.toSeconds() + 30, TimeUnit.SECONDS);
      return switch (answer) {
        case Answer.Returned(String body) -> {
          System.out.println(body);
          yield failures(body) == 0;
        }
        case Answer.Failed(String type, String body) -> {
          System.err.println(type + ": " + body);
          yield false;
        }
      };
    }
  }

  private boolean function(byte[] event) throws Exception {
    Kind kind = Kind.of(event);
    Path jar = home.resolve("gcp-function/target/deployment/twinbucket-function.jar");
    try (FunctionProcess process =
            FunctionProcess.startPackaged(
                kind.function, jar, runtime(FUNCTION_RUNTIME).getFirst(), new HashMap<>());
        HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(process.url())
                  .header("Content-Type", kind.contentType)
                  .timeout(TIMEOUT)
                  .POST(HttpRequest.BodyPublishers.ofByteArray(event))
                  .build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      System.out.println(response.statusCode() + " " + response.body());
      return response.statusCode() / 100 == 2;
    }
  }

  /** How many messages a batch's answer names. */
  private static int failures(String answer) {
    return Json.parse(answer, LARGEST)
        .asObject()
        .flatMap(object -> object.array("batchItemFailures"))
        .map(JsonArray::size)
        .orElse(0);
  }

  /** The jars of this process's own class path that belong to a vendor's runtime. */
  private static List<Path> runtime(List<String> artefacts) throws IOException {
    List<Path> jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(
                jar ->
                    artefacts.stream()
                        .anyMatch(
                            name -> jar.getFileName().toString().matches(name + "-\\d.*\\.jar")))
            .toList();
    if (jars.size() != artefacts.size()) {
      throw new IOException("of " + artefacts + " only " + jars + " are on the class path");
    }
    return jars;
  }

  /** Which function takes an event, and how it is sent. */
  private enum Kind {
    CLOUD_EVENT("ReplicationFunction", "application/cloudevents+json"),
    BACKGROUND("BackgroundReplicationFunction", "application/json"),
    PUSH("PushFunction", "application/json");

    private final String function;
    private final String contentType;

    Kind(String function, String contentType) {
      this.function = "dev.twinbucket.gcp." + function;
      this.contentType = contentType;
    }

    static Kind of(byte[] event) {
      JsonObject object;
      try {
        object = Json.parse(event, LARGEST).asObject().orElse(JsonObject.EMPTY);
      } catch (JsonException e) {
        return PUSH;
      }
      if (object.has("specversion")) {
        return CLOUD_EVENT;
      }
      JsonObject context = object.get("context").flatMap(JsonValue::asObject).orElse(object);
      return context.has("eventType") && object.has("data") ? BACKGROUND : PUSH;
    }
  }
}
