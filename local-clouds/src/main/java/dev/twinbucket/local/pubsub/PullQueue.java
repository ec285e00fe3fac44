package dev.twinbucket.local.pubsub;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The messages of a pull subscription: waiting, or leased until a deadline.
 *
 * @see <a href="https://cloud.google.com/pubsub/docs/lease-management">Lease management</a>
 */
final class PullQueue {

  private final SubscriptionSettings settings;
  private final Clock clock;
  private final Deque<Delivery> waiting = new ArrayDeque<>();
  private final Map<String, Delivery> leased = new HashMap<>();
  private long nextAckId = 1;

  PullQueue(SubscriptionSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  private record Delivery(PubsubMessage message, int attempts, Instant leasedUntil) {}

  synchronized void add(PubsubMessage message) {
    waiting.add(new Delivery(message, 0, Instant.MIN));
  }

  /**
   * What a pull takes out.
   *
   * @param messages now leased
   * @param dead tried often enough, and out of the queue
   */
  record Pulled(List<ReceivedMessage> messages, List<PubsubMessage> dead) {}

  synchronized Pulled pull(int max) {
    reclaim();
    List<PubsubMessage> dead = new ArrayList<>();
    List<ReceivedMessage> pulled = new ArrayList<>();
    while (pulled.size() < max && !waiting.isEmpty()) {
      Delivery next = waiting.remove();
      if (settings.deadLetter().isPresent()
          && next.attempts() >= settings.deadLetter().get().maxDeliveryAttempts()) {
        dead.add(next.message());
        continue;
      }
      int attempt = next.attempts() + 1;
      String ackId = "ack-" + nextAckId++;
      leased.put(
          ackId,
          new Delivery(next.message(), attempt, clock.instant().plus(settings.ackDeadline())));
      pulled.add(
          new ReceivedMessage(
              ackId,
              next.message(),
              settings.deadLetter().isPresent() ? OptionalInt.of(attempt) : OptionalInt.empty()));
    }
    return new Pulled(pulled, dead);
  }

  /** True if the lease was still held; an acknowledgement that comes too late changes nothing. */
  synchronized boolean acknowledge(String ackId) {
    reclaim();
    return leased.remove(ackId) != null;
  }

  /** Zero gives the message back at once. */
  synchronized void modifyAckDeadline(String ackId, Duration deadline) {
    reclaim();
    Delivery held = leased.get(ackId);
    if (held == null) {
      return;
    }
    if (deadline.isZero()) {
      leased.remove(ackId);
      waiting.add(held);
    } else {
      leased.put(
          ackId, new Delivery(held.message(), held.attempts(), clock.instant().plus(deadline)));
    }
  }

  private void reclaim() {
    Instant now = clock.instant();
    Iterator<Delivery> leases = leased.values().iterator();
    while (leases.hasNext()) {
      Delivery lease = leases.next();
      if (!lease.leasedUntil().isAfter(now)) {
        leases.remove();
        waiting.add(lease);
      }
    }
  }
}
