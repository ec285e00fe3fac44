package dev.twinbucket.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.canary.Canary;
import dev.twinbucket.intake.Allotment;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A canary through the handler itself: bucket, notification, queue, handler, other cloud. */
class CanaryFlightTest {
  private static JsonObject fly(ReplicationHandler handler, int seconds) {
    byte[] answer =
        handler.answer(
            ("{\"twinbucket\":\"canary\",\"seconds\":" + seconds + "}")
                .getBytes(StandardCharsets.UTF_8),
            Allotment.of(Duration.ofMinutes(2), Clock.systemUTC()));
    return Json.parse(answer, Limits.EVENT).asObject().orElseThrow();
  }

  private static JsonObject only(JsonObject answer) {
    assertThat(answer.array("canaries").orElseThrow().items()).hasSize(1);
    return answer.array("canaries").orElseThrow().items().getFirst().asObject().orElseThrow();
  }

  @Test
  void itArrivesAndIsTakenAwayThroughReplicationItself()
      throws IOException, ExecutionException, InterruptedException {
    try (LocalClouds clouds = new LocalClouds();
        SqsClient sqs = SqsClient.create();
        ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      ReplicationHandler handler = clouds.handler();
      EventSource source =
          new EventSource(sqs, clouds.sqs.url(LocalClouds.QUEUE), clouds.handler());
      Future<JsonObject> flight = thread.submit(() -> fly(handler, 50));
      while (!flight.isDone()) {
        source.pollIfAny();
        pause(flight);
      }

      JsonObject canary = only(flight.get());

      assertThat(canary.string("canary")).contains("converged");
      assertThat(canary.has("arrivedMs")).isTrue();
      assertThat(canary.has("goneMs")).isTrue();
      assertThat(clouds.lines)
          .anySatisfy(
              line -> assertThat(line).contains("\"canary\":\"converged\"", "CanaryFailed"));
      try (S3Client s3 = clouds.s3()) {
        assertThat(
                s3.listObjectsV2(list -> list.bucket(LocalClouds.LEFT).prefix(Canary.PREFIX))
                    .contents())
            .isEmpty();
      }
    }
  }

  private static void pause(Future<?> flight) throws ExecutionException, InterruptedException {
    try {
      flight.get(20, TimeUnit.MILLISECONDS);
    } catch (TimeoutException stillInTheAir) {
      // Then the queue is polled once more.
    }
  }

  @Test
  void withoutAFunctionThatListensItIsLate() {
    try (LocalClouds clouds = new LocalClouds()) {
      JsonObject answer = fly(clouds.handler(), 1);

      assertThat(only(answer).string("canary")).contains("late");
      assertThat(answer.integer("alarming")).contains(1L);
    }
  }
}
