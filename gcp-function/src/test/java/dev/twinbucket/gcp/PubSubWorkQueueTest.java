package dev.twinbucket.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.local.http.Fault;
import dev.twinbucket.local.pubsub.LocalPubsub;
import dev.twinbucket.local.pubsub.SubscriptionSettings;
import dev.twinbucket.notification.NotificationReader;
import dev.twinbucket.notification.Reading;
import dev.twinbucket.work.WorkQueueException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The work queue on the embedded Pub/Sub, over HTTP. */
class PubSubWorkQueueTest {
  private static final String TOPIC = "projects/test/topics/work";
  private static final String WORK = "projects/test/subscriptions/work";
  private static final ObjectEvent HINT =
      ObjectEvent.look("gs", "bucket", "größe \"a\"\u0007+%2F", EventType.DELETED);

  private LocalPubsub pubsub;
  private PubSubWorkQueue queue;

  @BeforeEach
  void start() {
    pubsub = LocalPubsub.start();
    pubsub.createTopic(TOPIC).subscribe(WORK, SubscriptionSettings.pull(TOPIC));
    queue =
        new PubSubWorkQueue(
            PubSubTopic.open(TOPIC, Map.of("PUBSUB_EMULATOR_HOST", pubsub.endpoint())));
  }

  @AfterEach
  void stop() {
    queue.close();
    pubsub.close();
  }

  @Test
  void aHintArrivesAsTheEventThatItWas() {
    queue.send(HINT, Duration.ZERO);

    byte[] data = Base64.getDecoder().decode(pubsub.pull(WORK, 1).getFirst().message().data());
    assertThat(new NotificationReader().read(data)).containsExactly(new Reading.Hint(HINT));
  }

  @Test
  void pubSubHoldsNothingBack() {
    assertThat(queue.longestDelay()).isZero();
    assertThatThrownBy(() -> queue.send(HINT, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aHintThatIsNotKnownToBeThereIsAnError() {
    pubsub.faults().on(_ -> true).always().inject(new Fault.Answer(403, Map.of(), "{}"));

    assertThatThrownBy(() -> queue.send(HINT, Duration.ZERO))
        .isInstanceOf(WorkQueueException.class);
  }
}
