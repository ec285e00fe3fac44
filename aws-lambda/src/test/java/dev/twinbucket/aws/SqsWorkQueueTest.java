package dev.twinbucket.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.local.http.Fault;
import dev.twinbucket.notification.NotificationReader;
import dev.twinbucket.notification.Reading;
import dev.twinbucket.work.WorkQueueException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The work queue on the embedded SQS, over HTTP. */
class SqsWorkQueueTest {
  private static final String WORK = "work";
  private static final ObjectEvent HINT =
      new ObjectEvent(
          "gs",
          "bucket",
          "größe \"a\"\u0007+%2F\ud83d\ude00",
          EventType.METADATA_CHANGED,
          "17",
          "3",
          "etag",
          0,
          Optional.of(Instant.parse("2026-01-01T00:00:00.123456789Z")),
          true);

  private LocalClouds clouds;
  private SqsWorkQueue queue;

  @BeforeEach
  void start() {
    clouds = new LocalClouds();
    queue = new SqsWorkQueue(SqsQueue.open(clouds.sqs.createQueue(WORK, Map.of())));
  }

  @AfterEach
  void stop() {
    queue.close();
    clouds.close();
  }

  @Test
  void aHintArrivesAsTheEventThatItWas() {
    queue.send(HINT, Duration.ZERO);

    assertThat(clouds.sqs.bodies(WORK))
        .singleElement()
        .satisfies(
            body ->
                assertThat(new NotificationReader().read(body))
                    .containsExactly(new Reading.Hint(HINT)));
    assertThat(clouds.sqs.depth(WORK).visible()).isOne();
  }

  @Test
  void aHintIsHeldBackAsLongAsSqsCan() {
    queue.send(HINT, queue.longestDelay());
    queue.send(HINT, Duration.ofMillis(1));

    assertThat(queue.longestDelay()).isEqualTo(Duration.ofMinutes(15));
    assertThat(clouds.sqs.depth(WORK).delayed()).isEqualTo(2);
  }

  @Test
  void aLongerDelayIsAProgrammingError() {
    assertThatThrownBy(() -> queue.send(HINT, queue.longestDelay().plusSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aHintThatIsNotKnownToBeThereIsAnError() {
    clouds
        .sqs
        .faults()
        .on(_ -> true)
        .always()
        .inject(new Fault.Answer(403, Map.of(), "{\"__type\":\"AccessDenied\"}"));

    assertThatThrownBy(() -> queue.send(HINT, Duration.ZERO))
        .isInstanceOf(WorkQueueException.class);
  }
}
