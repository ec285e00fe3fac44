package dev.twinbucket.aws;

import dev.twinbucket.intake.Allotment;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonArray;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.outcome.LogFormat;
import dev.twinbucket.wiring.Rehearsal;
import dev.twinbucket.wiring.Twinbucket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.crac.Context;
import org.crac.Resource;

/**
 * Before SnapStart takes its snapshot, sends one batch through the handler on stores in memory:
 * what reads notifications, decides, copies and answers is then loaded. The real clients exist by
 * then too, without a connection and without credentials: those would be stale when the snapshot
 * wakes up.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Runtime
 *     hooks for Java</a>
 */
final class Priming implements Resource {
  private static final Duration AT_MOST = Duration.ofSeconds(5);

  private final Runnable awakening;

  /**
   * A priming.
   *
   * @param awakening what is to be done when the snapshot wakes up, ten seconds at most
   */
  Priming(Runnable awakening) {
    this.awakening = awakening;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    try (Twinbucket rehearsal = Rehearsal.start(LogFormat.CLOUDWATCH)) {
      Clock clock = Clock.systemUTC();
      byte[] answer =
          new ReplicationHandler(() -> rehearsal, clock)
              .answer(batch(), Allotment.of(AT_MOST, clock));
      String text = new String(answer, StandardCharsets.UTF_8);
      if (!text.equals("{\"batchItemFailures\":[]}")) {
        throw new IllegalStateException("the rehearsal went wrong: " + text);
      }
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    awakening.run();
  }

  private static byte[] batch() {
    JsonObject object =
        JsonObject.builder().put("key", Rehearsal.KEY).put("sequencer", "00").build();
    JsonObject bucket = JsonObject.builder().put("name", Rehearsal.BUCKET).build();
    JsonObject s3 = JsonObject.builder().put("bucket", bucket).put("object", object).build();
    JsonObject put =
        JsonObject.builder()
            .put("eventVersion", "2.1")
            .put("eventSource", "aws:s3")
            .put("eventTime", "2026-01-01T00:00:00.000Z")
            .put("eventName", "ObjectCreated:Put")
            .put("s3", s3)
            .build();
    JsonObject message =
        JsonObject.builder()
            .put("messageId", "rehearsal")
            .put("eventSource", "aws:sqs")
            .put("body", Json.write(records(put)))
            .build();
    return Json.writeBytes(records(message));
  }

  private static JsonObject records(JsonObject one) {
    return JsonObject.builder().put("Records", JsonArray.of(one)).build();
  }
}
