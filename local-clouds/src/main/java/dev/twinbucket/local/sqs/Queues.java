package dev.twinbucket.local.sqs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** All queues and their messages, under one lock, so that a redrive between two is atomic. */
final class Queues {
  static final String ACCOUNT = "000000000000";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  /** A moved test clock wakes nobody, so that waiting receivers look at it this often. */
  private static final long LONGEST_NAP_NANOS = Duration.ofMillis(50).toNanos();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrival = lock.newCondition();
  private final TreeMap<String, Queue> queues = new TreeMap<>();
  private final InstantSource clock;
  private final String region;
  private long counter;

  Queues(InstantSource clock, String region) {
    this.clock = clock;
    this.region = region;
  }

  /** One queue; its fields are guarded by the lock. */
  private static final class Queue {
    private QueueSettings settings = QueueSettings.defaults();
    private final List<QueueMessage> messages = new ArrayList<>();
    private final Instant created;
    private Instant changed;

    private Queue(Instant created) {
      this.created = created;
      this.changed = created;
    }
  }

  String arn(String name) {
    return "arn:aws:sqs:" + region + ":" + ACCOUNT + ":" + name;
  }

  /** The name in the ARN of one of our queues. */
  Optional<String> nameOfArn(String arn) {
    String prefix = arn("");
    return arn.startsWith(prefix) && exists(arn.substring(prefix.length()))
        ? Optional.of(arn.substring(prefix.length()))
        : Optional.empty();
  }

  boolean exists(String name) {
    return locked(() -> queues.containsKey(name));
  }

  List<String> names(String prefix) {
    return locked(() -> queues.keySet().stream().filter(n -> n.startsWith(prefix)).toList());
  }

  void create(String name, Map<String, String> attributes) {
    if (!NAME.matcher(name).matches()) {
      throw SqsFailure.invalid(
          "Queue name can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in"
              + " length");
    }
    locked(
        () -> {
          Queue existing = queues.get(name);
          QueueSettings wanted =
              (existing == null ? QueueSettings.defaults() : existing.settings).with(attributes);
          if (existing == null) {
            requireDeadLetterQueue(wanted);
            Queue queue = new Queue(clock.instant());
            queue.settings = wanted;
            queues.put(name, queue);
          } else if (!wanted.equals(existing.settings)) {
            throw SqsFailure.of(
                "QueueNameExists", "A queue of this name exists with other attributes.");
          }
          return name;
        });
  }

  void delete(String name) {
    locked(
        () -> {
          queue(name);
          return queues.remove(name);
        });
  }

  void purge(String name) {
    locked(
        () -> {
          queue(name).messages.clear();
          return name;
        });
  }

  QueueSettings settings(String name) {
    return locked(() -> queue(name).settings);
  }

  Instant created(String name) {
    return locked(() -> queue(name).created);
  }

  /** When the settings were last set. */
  Instant changed(String name) {
    return locked(() -> queue(name).changed);
  }

  void change(String name, Map<String, String> attributes) {
    locked(
        () -> {
          QueueSettings wanted = queue(name).settings.with(attributes);
          requireDeadLetterQueue(wanted);
          queue(name).settings = wanted;
          queue(name).changed = clock.instant();
          return name;
        });
  }

  QueueDepth depth(String name) {
    return locked(
        () -> {
          Instant now = clock.instant();
          int visible = 0;
          int inFlight = 0;
          int delayed = 0;
          for (QueueMessage message : queue(name).messages) {
            if (message.isVisible(now)) {
              visible++;
            } else if (message.isInFlight(now)) {
              inFlight++;
            } else {
              delayed++;
            }
          }
          return new QueueDepth(visible, inFlight, delayed);
        });
  }

  List<String> bodies(String name) {
    return locked(() -> queue(name).messages.stream().map(QueueMessage::body).toList());
  }

  /**
   * Adds a message.
   *
   * @param delay how long it stays hidden; the queue's own delay when empty
   */
  QueueMessage send(
      String name, String body, Map<String, AttributeValue> attributes, Optional<Integer> delay) {
    return locked(
        () -> {
          Queue queue = queue(name);
          Instant now = clock.instant();
          int seconds = delay.orElse(queue.settings.seconds("DelaySeconds"));
          QueueMessage message =
              new QueueMessage(nextId("m"), body, attributes, now, now.plusSeconds(seconds));
          queue.messages.add(message);
          arrival.signalAll();
          return message;
        });
  }

  /**
   * Receives up to so many messages, and hides them.
   *
   * @param wait how long to wait for the first one
   */
  List<QueueMessage> receive(
      String name, int most, Optional<Integer> visibilitySeconds, Duration wait)
      throws InterruptedException {
    long left = wait.toNanos();
    lock.lockInterruptibly();
    try {
      while (true) {
        List<QueueMessage> received = take(queue(name), most, visibilitySeconds);
        if (!received.isEmpty() || left <= 0) {
          return received;
        }
        long nap = Math.min(left, LONGEST_NAP_NANOS);
        long unslept = arrival.awaitNanos(nap);
        left -= nap - unslept;
      }
    } finally {
      lock.unlock();
    }
  }

  private List<QueueMessage> take(Queue queue, int most, Optional<Integer> visibilitySeconds) {
    Instant now = clock.instant();
    int hide = visibilitySeconds.orElse(queue.settings.seconds("VisibilityTimeout"));
    Instant oldest = now.minusSeconds(queue.settings.seconds("MessageRetentionPeriod"));
    queue.messages.removeIf(m -> m.sent().isBefore(oldest));
    List<QueueMessage> taken = new ArrayList<>();
    Optional<QueueSettings.Redrive> redrive = queue.settings.redrive();
    Iterator<QueueMessage> all = queue.messages.iterator();
    while (all.hasNext() && taken.size() < most) {
      QueueMessage message = all.next();
      if (message.isVisible(now)) {
        if (redrive.filter(r -> message.receives() >= r.maxReceiveCount()).isPresent()) {
          Optional<String> deadLetters = nameOfArn(redrive.get().deadLetterArn());
          if (deadLetters.isPresent()) {
            all.remove();
            message.release(now);
            queue(deadLetters.get()).messages.add(message);
            arrival.signalAll();
            continue;
          }
        }
        message.receive(message.id() + "/" + nextId("r"), now, now.plusSeconds(hide));
        taken.add(message);
      }
    }
    return taken;
  }

  /** Deletes a message, if the receipt handle is its newest; an older one deletes nothing. */
  void delete(String name, String receipt) {
    requireReceipt(receipt);
    locked(
        () -> queue(name).messages.removeIf(m -> m.receipt().filter(receipt::equals).isPresent()));
  }

  void changeVisibility(String name, String receipt, int seconds) {
    requireReceipt(receipt);
    locked(
        () -> {
          Instant now = clock.instant();
          QueueMessage message =
              queue(name).messages.stream()
                  .filter(m -> m.receipt().filter(receipt::equals).isPresent())
                  .filter(m -> m.isInFlight(now))
                  .findFirst()
                  .orElseThrow(
                      () ->
                          SqsFailure.prefixed(
                              "MessageNotInflight", "The message is not in flight."));
          message.hideUntil(now.plusSeconds(seconds));
          arrival.signalAll();
          return name;
        });
  }

  /** A guess at a handle that was never given away is refused. */
  private static void requireReceipt(String receipt) {
    if (!receipt.matches("m-\\d+/r-\\d+")) {
      throw SqsFailure.of(
          "ReceiptHandleIsInvalid", "The input receipt handle is not a valid receipt handle.");
    }
  }

  private void requireDeadLetterQueue(QueueSettings settings) {
    settings
        .redrive()
        .filter(r -> nameOfArn(r.deadLetterArn()).isEmpty())
        .ifPresent(
            r -> {
              throw SqsFailure.invalid(
                  "The dead-letter queue does not exist: " + r.deadLetterArn());
            });
  }

  private Queue queue(String name) {
    Queue queue = queues.get(name);
    if (queue == null) {
      throw SqsFailure.noSuchQueue();
    }
    return queue;
  }

  private String nextId(String kind) {
    return kind + "-" + ++counter;
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
