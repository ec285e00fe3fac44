package dev.twinbucket.simulator;

import dev.twinbucket.Replicator;
import dev.twinbucket.outcome.FailureReason;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.outcome.Report;
import dev.twinbucket.replication.Invocation;
import dev.twinbucket.replication.Replication;
import dev.twinbucket.rule.RuleSet;
import dev.twinbucket.state.StateStore;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.Stores;
import dev.twinbucket.time.Deadline;
import dev.twinbucket.transfer.ByteBudget;
import dev.twinbucket.transfer.ContentReader;
import dev.twinbucket.work.WorkQueue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/** One invocation of a function: the production replicator on one message. */
final class Worker {
  static final Duration INVOCATION = Duration.ofMinutes(5);
  private static final int PLENTY = 1 << 20;

  private final int number;
  private final Message message;
  private final World world;
  private final Coroutine coroutine;
  private final Instant killedAt;
  private Instant wakesAt;
  private Optional<List<Report>> reports = Optional.empty();
  private Optional<String> broken = Optional.empty();
  private final int delivery;
  private boolean inFlight;
  private final StringBuilder learnt = new StringBuilder();

  Worker(
      int number,
      Message message,
      World world,
      RuleSet rules,
      Map<String, ObjectStore> stores,
      StateStore state,
      Duration skew,
      int delivery) {
    this.number = number;
    this.message = message;
    this.world = world;
    this.delivery = delivery;
    this.killedAt = world.clock().now().plus(INVOCATION);
    this.wakesAt = world.clock().now();
    Clock clock = world.clock().skewed(skew);
    long seed = world.isEnumerated() ? (message.id() + "/" + delivery).hashCode() : (long) number;
    SplittableRandom random = new SplittableRandom(seed);
    Replicator replicator =
        new Replicator(
            rules,
            new Replication(
                new Stores(Map.copyOf(stepped(stores))),
                new SteppedState(state, this),
                new ContentReader(new ByteBudget(PLENTY), PLENTY),
                WorkQueue.none(),
                this::sleep,
                random::split),
            clock);
    Invocation invocation = new Invocation(Deadline.in(INVOCATION, clock), message.id());
    this.coroutine = new Coroutine(() -> work(replicator, invocation));
  }

  private void work(Replicator replicator, Invocation invocation) {
    try {
      reports = Optional.of(replicator.replicate(message.event(), invocation));
    } catch (RuntimeException | LinkageError | AssertionError e) {
      broken = Optional.of(e.toString());
    }
  }

  private Map<String, ObjectStore> stepped(Map<String, ObjectStore> stores) {
    return Map.of(
        "s3", new SteppedStore(stores.get("s3"), this),
        "gs", new SteppedStore(stores.get("gs"), this));
  }

  Message message() {
    return message;
  }

  boolean canRun() {
    return !wakesAt.isAfter(world.clock().now());
  }

  Instant wakesAt() {
    return wakesAt;
  }

  boolean isOverdue() {
    return !killedAt.isAfter(world.clock().now());
  }

  /** Does not run for that long, whatever it is doing. */
  void stall(Duration time) {
    Instant until = world.clock().now().plus(time);
    world.log(() -> this + " stalls until " + until);
    wakesAt = until.isAfter(wakesAt) ? until : wakesAt;
  }

  /** Whether it has sent a request that has had no effect yet. */
  boolean isInFlight() {
    return inFlight;
  }

  /** What it ended with that no invocation may end with. */
  Optional<String> unforeseen() {
    return broken.or(
        () -> outcomes().stream().filter(Worker::isUnforeseen).map(Outcome::toString).findFirst());
  }

  private static boolean isUnforeseen(Outcome outcome) {
    return outcome instanceof Outcome.Failed(FailureReason reason, _)
        && reason == FailureReason.UNEXPECTED;
  }

  /** Runs to its next request. */
  void resume() {
    coroutine.resume();
  }

  void kill() {
    world.log(() -> this + " is killed");
    coroutine.kill();
  }

  boolean isFinished() {
    return coroutine.isFinished();
  }

  /** Whether its message may be acknowledged. */
  boolean isDone() {
    return reports.isPresent()
        && reports.get().stream().map(Report::outcome).allMatch(Outcome::isTerminal);
  }

  List<Outcome> outcomes() {
    return reports.orElse(List.of()).stream().map(Report::outcome).toList();
  }

  /**
   * A request. The simulation goes on elsewhere before its answer arrives, and, where the scenario
   * says so, before it has its effect.
   */
  <T> T request(
      Supplier<String> what, Supplier<T> request, Function<String, RuntimeException> failure) {
    if (world.hasRequestsInFlight()) {
      inFlight = true;
      coroutine.pause();
      inFlight = false;
    }
    boolean fails = world.failsNow();
    boolean afterwards = fails && world.failsAfterwards();
    if (fails && !afterwards) {
      world.log(() -> this + " " + what.get() + ": refused");
      coroutine.pause();
      throw failure.apply("simulated fault before the effect");
    }
    T answer;
    try {
      world.acting(this);
      answer = request.get();
      learn(show(answer));
      world.log(() -> this + " " + what.get() + " -> " + show(answer));
    } catch (RuntimeException e) {
      learn(e.getMessage());
      world.log(() -> this + " " + what.get() + " -> " + e.getMessage());
      world.actingNobody();
      coroutine.pause();
      throw e;
    } finally {
      world.actingNobody();
    }
    if (afterwards) {
      world.log(() -> this + " does not hear of it");
    }
    coroutine.pause();
    if (afterwards) {
      throw failure.apply("simulated fault after the effect");
    }
    return answer;
  }

  private void learn(String answer) {
    if (world.isEnumerated()) {
      learnt.append(world.now()).append(answer);
    }
  }

  /** All that its future depends on: what it works on, and what it has been told when. */
  String described() {
    return message.id() + delivery + wakesAt + killedAt + learnt;
  }

  String show(ByteBuffer content) {
    return StandardCharsets.UTF_8.decode(content.duplicate()).toString();
  }

  private static String show(Object answer) {
    return World.show(answer);
  }

  private void sleep(Duration time) {
    wakesAt = world.clock().now().plus(time);
    coroutine.pause();
  }

  @Override
  public String toString() {
    return "w" + number;
  }
}
