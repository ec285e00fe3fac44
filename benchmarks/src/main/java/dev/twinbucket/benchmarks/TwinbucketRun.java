package dev.twinbucket.benchmarks;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.notification.LookMessage;
import dev.twinbucket.playground.lambda.Answer;
import dev.twinbucket.playground.lambda.LambdaProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Lambda handler in one execution environment, fed with batches as from its queue. */
final class TwinbucketRun {
  static final String NAME = "twinbucket";
  private static final String HANDLER = "dev.twinbucket.aws.ReplicationHandler::handleRequest";
  private static final Duration TIMEOUT = Duration.ofMinutes(15);
  private static final int BATCH = 200;
  private static final String NOTHING_FAILED = "{\"batchItemFailures\":[]}";

  private final Options options;
  private final Clouds clouds;

  TwinbucketRun(Options options, Clouds clouds) {
    this.options = options;
    this.clouds = clouds;
  }

  Measurement run() throws IOException {
    String target = clouds.newTarget(NAME);
    Path emptyFunction = Files.createTempDirectory("twinbucket-lambda");
    try (LambdaProcess lambda =
            LambdaProcess.start(emptyFunction, HANDLER, jars(), environment(target));
        Watched watched = new Watched(lambda.process())) {
      long start = System.nanoTime();
      for (int from = 0; from < options.objects(); from += BATCH) {
        int to = Math.min(options.objects(), from + BATCH);
        requireDone(lambda.invoke(batch(from, to), TIMEOUT).join());
      }
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      watched.look();
      clouds.verify(NAME, target);
      return new Measurement(
          NAME,
          elapsed,
          watched.processor(),
          watched.peakBytes(),
          clouds.s3Requests(),
          clouds.gcsRequests());
    } finally {
      Files.delete(emptyFunction);
    }
  }

  private static List<Path> jars() {
    String classPath = System.getProperty("java.class.path");
    return Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).toList();
  }

  private Map<String, String> environment(String target) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_ENDPOINT_URL_S3", clouds.s3().endpoint());
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", "local");
    environment.put("AWS_SECRET_ACCESS_KEY", "local");
    environment.put("STORAGE_EMULATOR_HOST", clouds.gcs().endpoint());
    String s3 = options.toGcs() ? Clouds.SOURCE : target;
    String gcs = options.toGcs() ? target : Clouds.SOURCE;
    environment.put("TWINBUCKET_LEFT", "s3://" + s3 + "/");
    environment.put("TWINBUCKET_RIGHT", "gs://" + gcs + "/");
    environment.put("TWINBUCKET_DIRECTION", options.toGcs() ? "left-to-right" : "right-to-left");
    environment.put("TWINBUCKET_STATE", clouds.stateLocation(NAME));
    environment.put("TWINBUCKET_LOG_LEVEL", "warn");
    environment.put("JDK_JAVA_OPTIONS", "-Xmx" + options.heapMib() + "m");
    return environment;
  }

  private byte[] batch(int from, int to) {
    List<JsonValue> records = new ArrayList<>();
    for (int i = from; i < to; i++) {
      ObjectEvent event =
          new ObjectEvent(
              options.toGcs() ? "s3" : "gs",
              Clouds.SOURCE,
              Clouds.key(i),
              EventType.CREATED,
              "",
              "",
              "",
              options.bytes(),
              Optional.empty(),
              false);
      records.add(
          JsonObject.builder()
              .put("messageId", "m" + i)
              .put("receiptHandle", "h" + i)
              .put("body", Json.write(LookMessage.of(event)))
              .put("eventSource", "aws:sqs")
              .put("eventSourceARN", "arn:aws:sqs:us-east-1:000000000000:notifications")
              .build());
    }
    return Json.writeBytes(JsonObject.builder().put("Records", new JsonArray(records)).build());
  }

  private static void requireDone(Answer answer) {
    if (!(answer instanceof Answer.Returned(String body)) || !body.equals(NOTHING_FAILED)) {
      throw new IllegalStateException("the handler did not do everything: " + answer);
    }
  }
}
