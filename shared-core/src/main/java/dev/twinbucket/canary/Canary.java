package dev.twinbucket.canary;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.rule.DeletePolicy;
import dev.twinbucket.rule.Mode;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.Stores;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.time.Deadline;
import dev.twinbucket.time.Pause;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes a small object on every side from which a rule copies, as any user would, and watches the
 * other side: the object has to appear there, and after it is deleted again it has to vanish there,
 * each within the same time. It replicates nothing itself: notification, queue and function are
 * what is being watched.
 *
 * <p>The objects are called {@value #PREFIX} and the rule's name and side, under the side's prefix,
 * one for each rule and direction. They are written on condition like everything else: two canaries
 * that meet do no harm, one of them fails and says so. One that was left behind is written over by
 * the next.
 */
public final class Canary {
  /** What the objects' names begin with; a rule with filters has to accept it. */
  public static final String PREFIX = "twinbucket-canary/";

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final List<Rule> rules;
  private final Stores stores;
  private final Clock clock;
  private final Pause pause;

  /** A canary for these rules. */
  public Canary(List<Rule> rules, Stores stores, Clock clock, Pause pause) {
    this.rules = List.copyOf(rules);
    this.stores = stores;
    this.clock = clock;
    this.pause = pause;
  }

  /** Where the canary of a rule is written on a side. */
  public static ObjectLocation place(Rule rule, SideName from) {
    return rule.side(from).locate(name(rule, from));
  }

  private static String name(Rule rule, SideName from) {
    return PREFIX + rule.name() + "/from-" + from.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Sends one through every direction of every rule, all at once.
   *
   * @param patience how long an object, and then its deletion, may take
   * @return how each fared, in the order of the rules; never throws for what stores do
   */
  public List<Flight> fly(Duration patience) {
    List<Future<Flight>> flights = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Rule rule : rules) {
        for (SideName from : SideName.values()) {
          if (rule.direction().copiesFrom(from)) {
            flights.add(threads.submit(() -> fly(rule, from, patience)));
          }
        }
      }
    }
    return flights.stream().map(Canary::result).toList();
  }

  private static Flight result(Future<Flight> flight) {
    try {
      return flight.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while canaries fly", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a canary broke", e.getCause());
    }
  }

  private Flight fly(Rule rule, SideName from, Duration patience) {
    if (rule.mode() != Mode.LIVE || !rule.covers(name(rule, from))) {
      String why = rule.mode() != Mode.LIVE ? "the rule is not live" : "the rule's filter";
      return new Course(rule, from).end(Flight.End.NOT_COVERED, why);
    }
    Course course = new Course(rule, from);
    try {
      return course.fly(patience);
    } catch (StoreException e) {
      return course.end(Flight.End.FAILED, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return course.end(Flight.End.FAILED, "stopped");
    }
  }

  /** One flight. */
  private final class Course {
    private final Rule rule;
    private final SideName from;
    private final ObjectLocation here;
    private final ObjectLocation there;
    private Optional<Duration> arrived = Optional.empty();
    private Optional<Duration> gone = Optional.empty();

    Course(Rule rule, SideName from) {
      this.rule = rule;
      this.from = from;
      this.here = place(rule, from);
      this.there = rule.side(from.other()).locate(name(rule, from));
    }

    Flight fly(Duration patience) throws InterruptedException {
      ObjectVersion written = write();
      ObjectSnapshot source = standing(here).orElseThrow(this::disturbed);
      arrived = await(patience, () -> standing(there).filter(found -> isSame(source, found)));
      // Even if it did not arrive: what was written is taken away again.
      store(here).delete(here, WriteCondition.ifUnchanged(source.version()));
      if (arrived.isEmpty()) {
        return end(Flight.End.LATE, "not there after " + patience.toSeconds() + " s");
      }
      if (rule.deletes() == DeletePolicy.KEEP) {
        standing(there)
            .ifPresent(
                kept -> store(there).delete(there, WriteCondition.ifUnchanged(kept.version())));
        return end(Flight.End.CONVERGED, "");
      }
      gone =
          await(
              patience, () -> standing(there).isEmpty() ? Optional.of(written) : Optional.empty());
      return gone.isPresent()
          ? end(Flight.End.CONVERGED, "")
          : end(Flight.End.LEFT_BEHIND, "still there after " + patience.toSeconds() + " s");
    }

    private ObjectVersion write() {
      Optional<ObjectSnapshot> before = standing(here);
      String text = "Twinbucket's canary of rule " + rule.name() + " at " + clock.instant() + "\n";
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      return store(here)
          .put(
              new PutRequest(
                  here,
                  bytes,
                  Crc32c.of(bytes),
                  ObjectAttributes.NONE,
                  Optional.empty(),
                  before
                      .map(snapshot -> WriteCondition.ifUnchanged(snapshot.version()))
                      .orElseGet(WriteCondition::ifAbsent),
                  Placement.DEFAULT));
    }

    /** Each canary's text is another, so that size and checksum tell them apart. */
    private boolean isSame(ObjectSnapshot source, ObjectSnapshot found) {
      return switch (source.compareContent(found)) {
        case EQUAL -> true;
        case DIFFERENT -> false;
        // A store without checksums: a stamp of this version is as good.
        case UNKNOWN ->
            found.provenance().map(stamp -> stamp.version().sameAs(source.version())).orElse(false);
      };
    }

    private <T> Optional<Duration> await(Duration patience, Look<T> look)
        throws InterruptedException {
      Instant start = clock.instant();
      Deadline end = new Deadline(clock, start.plus(patience));
      while (true) {
        if (look.now().isPresent()) {
          return Optional.of(Duration.between(start, clock.instant()));
        }
        if (!end.allows(BETWEEN_LOOKS)) {
          return Optional.empty();
        }
        pause.sleep(BETWEEN_LOOKS);
      }
    }

    private Optional<ObjectSnapshot> standing(ObjectLocation location) {
      return store(location).observe(location).object();
    }

    private ObjectStore store(ObjectLocation location) {
      return stores.of(location);
    }

    private StoreException disturbed() {
      return new StoreException.ConditionFailed(
          here + " vanished right after it was written; is another canary at work?");
    }

    private Flight end(Flight.End how, String detail) {
      return new Flight(rule.name(), from, here, how, arrived, gone, detail);
    }
  }

  @FunctionalInterface
  private interface Look<T> {
    Optional<T> now();
  }
}
