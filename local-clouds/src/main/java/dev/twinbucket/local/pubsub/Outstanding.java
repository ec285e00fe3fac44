package dev.twinbucket.local.pubsub;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** How many messages each subscription still owes, and a way to wait for none. */
final class Outstanding {

  private final Map<String, Integer> owed = new HashMap<>();

  synchronized void add(String subscription) {
    owed.merge(subscription, 1, Integer::sum);
  }

  synchronized void remove(String subscription) {
    owed.computeIfPresent(subscription, (name, count) -> count == 1 ? null : count - 1);
    notifyAll();
  }

  synchronized void forget(String subscription) {
    owed.remove(subscription);
    notifyAll();
  }

  synchronized int of(String subscription) {
    return owed.getOrDefault(subscription, 0);
  }

  /** True once none of these owes anything; false if that took too long. */
  synchronized boolean awaitNone(Set<String> subscriptions, Duration timeout)
      throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (subscriptions.stream().anyMatch(owed::containsKey)) {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
