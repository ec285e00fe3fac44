package dev.twinbucket.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.Limits;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.outcome.LogFormat;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.Stores;
import dev.twinbucket.store.memory.Flavour;
import dev.twinbucket.store.memory.InMemoryObjectStore;
import dev.twinbucket.wiring.Queues;
import dev.twinbucket.wiring.Surroundings;
import dev.twinbucket.wiring.Twinbucket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Failures that no server can produce: each stays with the message that met it. */
class UnforeseenTest {
  private final ObjectStore left = store(Flavour.S3, "s3", "left");
  private final ObjectStore right = store(Flavour.GCS, "gs", "right");

  @Test
  void anErrorFailsItsOwnMessageOnly() throws IOException {
    doThrow(new StackOverflowError()).when(left).read(argThat(UnforeseenTest::isBad));

    assertThat(failures(Duration.ofMinutes(1))).containsExactly("m1");
  }

  @Test
  void aMessageThatIsStillAtWorkWhenTheTimeIsUpFailsAlone() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    doAnswer(
            _ -> {
              never.await();
              return null;
            })
        .when(left)
        .read(argThat(UnforeseenTest::isBad));

    assertThat(failures(Duration.ofSeconds(2))).containsExactly("m1");
  }

  private Set<String> failures(Duration remaining) throws IOException {
    SecureRandom random = new SecureRandom();
    Surroundings surroundings =
        new Surroundings(Clock.systemUTC(), _ -> {}, () -> random, LogFormat.PLAIN, _ -> {});
    try (Twinbucket twinbucket =
        Twinbucket.start(
            Map.of(
                "TWINBUCKET_LEFT", "s3://left/",
                "TWINBUCKET_RIGHT", "gs://right/",
                "TWINBUCKET_DIRECTION", "left-to-right",
                "TWINBUCKET_STATE", "memory:"),
            surroundings,
            Queues.none(),
            _ -> new Stores(Map.of("s3", left, "gs", right)))) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new ReplicationHandler(() -> twinbucket, surroundings.clock())
          .handleRequest(
              new ByteArrayInputStream(
                  EventSource.batch(created("a"), created("bad"), created("c"))),
              out,
              new Invoked(remaining));
      return EventSource.failures(
          Json.parse(out.toByteArray(), Limits.EVENT).asObject().orElseThrow());
    }
  }

  private static boolean isBad(ReadRequest request) {
    return request != null && request.location().key().equals("bad");
  }

  private static ObjectStore store(Flavour flavour, String name, String bucket) {
    InMemoryObjectStore memory = new InMemoryObjectStore(flavour, Clock.systemUTC());
    memory.createBucket(new BucketLocation(name, bucket));
    return mock(ObjectStore.class, delegatesTo(memory));
  }

  private static String created(String key) {
    return """
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put",\
        "eventTime":"2026-01-01T00:00:00.000Z",\
        "s3":{"bucket":{"name":"left"},"object":{"key":"%s","sequencer":"00"}}}]}"""
        .formatted(key);
  }
}
