package dev.twinbucket.local.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A bad road between a bucket and a listener: it drops, repeats, holds back and reorders
 * notifications, as at-least-once delivery without order may. One seed and one sequence of
 * notifications give one sequence of deliveries. Safe for use by several threads; deliveries happen
 * one at a time on the thread of the notification that sets them off.
 */
public final class ShakyNotifications implements NotificationListener {
  private final NotificationListener target;
  private final Manner manner;
  private final Random random;
  private final List<Held> held = new ArrayList<>();
  private long dropped;

  /**
   * How bad the road is. All are shares between 0 and 1.
   *
   * @param drop the share of notifications that are lost
   * @param duplicate the share that is delivered once more, at its own time
   * @param delay the share of deliveries that wait while others pass them
   * @param longestDelay how many later notifications may pass a waiting one, at least 1
   */
  public record Manner(double drop, double duplicate, double delay, int longestDelay) {
    /** Checks the ranges. */
    public Manner {
      if (!isShare(drop) || !isShare(duplicate) || !isShare(delay) || longestDelay < 1) {
        throw new IllegalArgumentException(
            "Shares lie between 0 and 1, and a delay is at least 1: "
                + List.of(drop, duplicate, delay, longestDelay));
      }
    }

    private static boolean isShare(double value) {
      return value >= 0 && value <= 1;
    }
  }

  private record Held(String bucket, String json, int passes) {}

  /**
   * A road to a listener.
   *
   * @param target where notifications arrive in the end
   * @param manner how bad the road is
   * @param seed tests print it
   */
  public ShakyNotifications(NotificationListener target, Manner manner, long seed) {
    this.target = target;
    this.manner = manner;
    this.random = new Random(seed);
  }

  @Override
  public synchronized void onNotification(String bucket, String json) {
    List<Held> due = passed();
    if (random.nextDouble() < manner.drop()) {
      dropped++;
    } else {
      due.addAll(once(bucket, json));
      if (random.nextDouble() < manner.duplicate()) {
        due.addAll(once(bucket, json));
      }
    }
    due.forEach(d -> target.onNotification(d.bucket(), d.json()));
  }

  /** Delivers what is still held back, in random order. */
  public synchronized void flush() {
    while (!held.isEmpty()) {
      Held next = held.remove(random.nextInt(held.size()));
      target.onNotification(next.bucket(), next.json());
    }
  }

  /** How many notifications were lost. */
  public synchronized long dropped() {
    return dropped;
  }

  /** How many deliveries are held back. */
  public synchronized int held() {
    return held.size();
  }

  private List<Held> once(String bucket, String json) {
    if (random.nextDouble() < manner.delay()) {
      held.add(new Held(bucket, json, 1 + random.nextInt(manner.longestDelay())));
      return List.of();
    }
    return List.of(new Held(bucket, json, 0));
  }

  /**
   * Lets one notification pass all that are held back, and returns those that have waited enough.
   */
  private List<Held> passed() {
    List<Held> due = new ArrayList<>();
    held.replaceAll(h -> new Held(h.bucket(), h.json(), h.passes() - 1));
    held.removeIf(h -> h.passes() < 0 && due.add(h));
    return due;
  }
}
