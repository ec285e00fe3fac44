package dev.twinbucket.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.json.Json;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A hint that Twinbucket puts on a queue is read as the event that it was made from. */
class LookMessageTest {
  private final NotificationReader reader = new NotificationReader();

  @ParameterizedTest
  @EnumSource
  void everyFieldOfEveryTypeComesBack(EventType type) {
    assertReadBack(
        new ObjectEvent(
            "gs",
            "bucket",
            "key",
            type,
            "1700000000000000",
            "7",
            "\"quoted\" etag",
            Long.MAX_VALUE,
            Optional.of(Instant.parse("2026-01-01T00:00:00.123456789Z")),
            true));
  }

  @Test
  void whatAnEventDoesNotTellIsNotMadeUp() {
    assertReadBack(ObjectEvent.look("s3", "bucket", "key", EventType.CREATED));
  }

  @Test
  void anEmptyObjectHasASize() {
    assertReadBack(
        new ObjectEvent("s3", "b", "k", EventType.CREATED, "", "", "", 0, Optional.empty(), false));
  }

  private void assertReadBack(ObjectEvent event) {
    assertThat(reader.read(Json.writeBytes(LookMessage.of(event))))
        .containsExactly(new Reading.Hint(event));
  }
}
