package dev.twinbucket.local.sqs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A message in a queue. Guarded by the lock of the queues. */
final class QueueMessage {
  private final String id;
  private final String body;
  private final Map<String, AttributeValue> attributes;
  private final Instant sent;
  private Instant visibleAt;
  private int receives;
  private Optional<Instant> firstReceived = Optional.empty();
  private Optional<String> receipt = Optional.empty();

  QueueMessage(
      String id,
      String body,
      Map<String, AttributeValue> attributes,
      Instant sent,
      Instant visibleAt) {
    this.id = id;
    this.body = body;
    this.attributes = Map.copyOf(attributes);
    this.sent = sent;
    this.visibleAt = visibleAt;
  }

  String id() {
    return id;
  }

  String body() {
    return body;
  }

  String bodyMd5() {
    return AttributeValue.md5(body.getBytes(StandardCharsets.UTF_8));
  }

  Map<String, AttributeValue> attributes() {
    return attributes;
  }

  Instant sent() {
    return sent;
  }

  int receives() {
    return receives;
  }

  Instant firstReceived() {
    return firstReceived.orElse(sent);
  }

  /** The newest receipt handle, empty while the message was never received. */
  Optional<String> receipt() {
    return receipt;
  }

  boolean isVisible(Instant now) {
    return !visibleAt.isAfter(now);
  }

  /** Hidden because somebody works on it, as opposed to delayed. */
  boolean isInFlight(Instant now) {
    return receives > 0 && !isVisible(now);
  }

  void receive(String handle, Instant now, Instant hiddenUntil) {
    receives++;
    firstReceived = firstReceived.or(() -> Optional.of(now));
    receipt = Optional.of(handle);
    visibleAt = hiddenUntil;
  }

  void hideUntil(Instant time) {
    visibleAt = time;
  }

  /** The message as it arrives in a dead-letter queue: with its id, age and count, visible. */
  void release(Instant now) {
    visibleAt = now;
    receipt = Optional.empty();
  }
}
