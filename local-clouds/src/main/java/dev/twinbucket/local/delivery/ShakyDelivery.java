package dev.twinbucket.local.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Passes messages on as the notification channels of the clouds may: some twice, some late and out
 * of order, some never. No clock is involved: a delayed message waits for later ones, or for {@link
 * #flush}. Equal seeds and equal input from one thread give equal output. Safe for use by several
 * threads; the receiver is called without a lock held.
 *
 * @param <T> the kind of message
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html">S3
 *     event notifications: at least once, unordered</a>
 * @see <a href="https://cloud.google.com/storage/docs/pubsub-notifications#delivery">Delivery
 *     guarantees of Cloud Storage notifications</a>
 */
public final class ShakyDelivery<T> implements Consumer<T> {

  /**
   * How often things go wrong, as probabilities from 0 to 1.
   *
   * @param drop a message is lost
   * @param duplicate a message is delivered once more, perhaps later
   * @param delay a delivery is held back until some later message or the flush
   */
  public record Wrongs(double drop, double duplicate, double delay) {
    /** Everything arrives, once and in order. */
    public static final Wrongs NONE = new Wrongs(0, 0, 0);

    /** Nothing is lost; much is doubled and reordered. */
    public static final Wrongs AT_LEAST_ONCE = new Wrongs(0, 0.3, 0.5);

    /** Refuses what is no probability. */
    public Wrongs {
      for (double p : new double[] {drop, duplicate, delay}) {
        if (!(p >= 0 && p <= 1)) {
          throw new IllegalArgumentException("not a probability: " + p);
        }
      }
    }
  }

  private final Consumer<? super T> receiver;
  private final Random random;
  private final List<T> held = new ArrayList<>();
  private Wrongs wrongs;
  private long dropped;
  private long duplicated;

  /**
   * @param receiver where messages go
   * @param seed makes the run repeatable; a test prints it
   */
  public ShakyDelivery(Consumer<? super T> receiver, Wrongs wrongs, long seed) {
    this.receiver = receiver;
    this.wrongs = wrongs;
    this.random = new Random(seed);
  }

  /** Changes what goes wrong from now on; messages that are held stay held. */
  public synchronized void set(Wrongs changed) {
    wrongs = changed;
  }

  @Override
  public void accept(T message) {
    deliver(due(message));
  }

  /** Delivers what is held, in random order. */
  public void flush() {
    deliver(release());
  }

  /** Messages that wait for their delivery. */
  public synchronized int held() {
    return held.size();
  }

  /** Messages that were lost so far. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Messages that were doubled so far. */
  public synchronized long duplicated() {
    return duplicated;
  }

  private synchronized List<T> due(T message) {
    List<T> now = new ArrayList<>();
    if (random.nextDouble() < wrongs.drop()) {
      dropped++;
    } else {
      hold(message, now);
      if (random.nextDouble() < wrongs.duplicate()) {
        duplicated++;
        hold(message, now);
      }
    }
    if (!held.isEmpty() && random.nextDouble() >= wrongs.delay()) {
      now.add(held.remove(random.nextInt(held.size())));
    }
    return now;
  }

  private void hold(T message, List<T> now) {
    if (random.nextDouble() < wrongs.delay()) {
      held.add(message);
    } else {
      now.add(message);
    }
  }

  private synchronized List<T> release() {
    List<T> all = new ArrayList<>();
    while (!held.isEmpty()) {
      all.add(held.remove(random.nextInt(held.size())));
    }
    return all;
  }

  private void deliver(List<T> messages) {
    messages.forEach(receiver);
  }
}
