package dev.twinbucket.simulator;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.rule.SideName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One history: users, notifications, functions and faults, in the order that the tape says, until
 * nothing is left.
 */
final class Simulation {
  private static final int STEPS_AT_MOST = 20_000;
  private static final Duration HIDDEN = Duration.ofSeconds(20);

  /** Longer than a lease: what comes back earlier only waits. */
  private static final Duration HIDDEN_LONG = Duration.ofSeconds(130);

  private static final List<Duration> STALLS =
      List.of(Duration.ofSeconds(2), Duration.ofSeconds(80), Duration.ofSeconds(200));
  private static final List<Duration> IN_FLIGHT =
      List.of(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(25));
  private static final Duration PAST_A_LEASE = Duration.ofSeconds(125);
  private static final int RUN = 4;
  private static final int CRASH_ODDS = 16;
  private static final int STALL_ODDS = 10;

  private final Tape tape;
  private final Scenario scenario;
  private final World world;
  private final Users users;
  private final List<Worker> workers = new ArrayList<>();
  private final Predicate<Supplier<String>> isNew;
  private Optional<Worker> last = Optional.empty();
  private boolean known;
  private int crashesLeft;
  private int stallsLeft;
  private boolean reconciled;

  private Simulation(
      Scenario scenario, Tape tape, Predicate<Supplier<String>> isNew, boolean keepLog) {
    this.tape = tape;
    this.scenario = scenario;
    this.isNew = isNew;
    this.world = new World(scenario, tape, keepLog);
    this.users = new Users(scenario, world, tape);
    this.crashesLeft = scenario.trouble().crashes();
    this.stallsLeft = scenario.trouble().stalls();
  }

  /**
   * How a history ended.
   *
   * @param scenario its circumstances
   * @param violations empty if all is well
   * @param choices its tape
   * @param log what happened, if that was asked for
   */
  record Result(
      Scenario scenario, List<String> violations, List<Integer> choices, List<String> log) {}

  static Result run(Tape tape, boolean keepLog) {
    return run(Scenario.draw(tape), tape, state -> true, keepLog);
  }

  /**
   * Runs a history under given circumstances.
   *
   * @param isNew is shown every state in which there is a choice, and says whether to go on from it
   */
  static Result run(
      Scenario scenario, Tape tape, Predicate<Supplier<String>> isNew, boolean keepLog) {
    Simulation simulation = new Simulation(scenario, tape, isNew, keepLog);
    List<String> violations = simulation.play();
    return new Result(scenario, violations, tape.choices(), simulation.world.log());
  }

  private List<String> play() {
    for (int step = 0; step < STEPS_AT_MOST; step++) {
      boolean more = scenario.isEnumerated() ? advanceToEnumerate() : advance();
      if (known) {
        workers.forEach(Worker::kill);
        return List.of();
      }
      if (!more) {
        return world.monitor().verdict(world::remembers);
      }
    }
    workers.forEach(Worker::kill);
    return List.of("I7: it does not come to rest");
  }

  /** One step; false when there is nothing left to do. */
  private boolean advance() {
    killOverdue();
    disturb();
    if (last.isPresent() && last.get().canRun() && tape.choose(RUN) < RUN - 1) {
      resume(last.get());
      return true;
    }
    List<Runnable> choices = new ArrayList<>();
    runnable().forEach(worker -> choices.add(() -> resume(worker)));
    if (workers.size() < scenario.workers()) {
      visible().forEach(message -> choices.add(() -> take(message)));
    }
    if (users.haveMore()) {
      boolean running = !workers.isEmpty();
      boolean quiet = !running && world.queue().isEmpty();
      choices.add(() -> users.act(quiet, running));
    }
    if (choices.isEmpty()) {
      return letTimePass() || reconcile();
    }
    next().ifPresent(time -> choices.add(() -> world.clock().advanceTo(time)));
    choices.get(tape.choose(choices.size())).run();
    return true;
  }

  /**
   * The same with every party that can go on as one choice, and nothing left to chance. A function
   * that ends does so in the step of its last answer; one that is to be killed is killed between
   * two.
   */
  private boolean advanceToEnumerate() {
    killOverdue();
    List<Runnable> choices = new ArrayList<>();
    runnable().forEach(worker -> choices.add(() -> resume(worker)));
    if (workers.size() < scenario.workers()) {
      visible().forEach(message -> choices.add(() -> take(message)));
    }
    boolean idle = choices.isEmpty();
    if (users.haveMore()) {
      boolean running = !workers.isEmpty();
      boolean quiet = !running && world.queue().isEmpty();
      choices.add(() -> users.act(quiet, running));
    }
    if (choices.isEmpty()) {
      return letTimePass();
    }
    if (idle) {
      next().ifPresent(time -> choices.add(() -> world.clock().advanceTo(time)));
    }
    if (crashesLeft > 0) {
      for (Worker worker : List.copyOf(workers)) {
        choices.add(
            () -> {
              crashesLeft--;
              end(worker);
            });
      }
    }
    if ((choices.size() > 1 || users.haveMore()) && !isNew.test(this::state)) {
      known = true;
      return false;
    }
    choices.get(tape.choose(choices.size())).run();
    return true;
  }

  private String state() {
    StringBuilder text = new StringBuilder();
    world.describe(text);
    text.append(users.left()).append(' ').append(crashesLeft);
    workers.stream().map(Worker::described).sorted().forEach(text::append);
    return text.toString();
  }

  /** Kills a function, or makes it stall. */
  private void disturb() {
    if (crashesLeft > 0 && !workers.isEmpty() && tape.once(CRASH_ODDS)) {
      crashesLeft--;
      end(any());
    }
    if (stallsLeft > 0 && !workers.isEmpty() && tape.once(STALL_ODDS)) {
      stallsLeft--;
      Worker worker = any();
      if (worker.isInFlight()) {
        // A request has an end: no store carries one out that was sent longer ago.
        worker.stall(IN_FLIGHT.get(tape.choose(IN_FLIGHT.size())));
      } else {
        worker.stall(STALLS.get(tape.choose(STALLS.size())));
        if (tape.choose(2) == 1) {
          world.clock().advance(PAST_A_LEASE);
        }
      }
    }
  }

  private Worker any() {
    return workers.get(tape.choose(workers.size()));
  }

  private Stream<Worker> runnable() {
    return workers.stream().filter(Worker::canRun);
  }

  private Stream<Message> visible() {
    Instant now = world.now();
    return List.copyOf(world.queue()).stream().filter(m -> !m.visibleFrom().isAfter(now));
  }

  private void take(Message message) {
    world.queue().remove(message);
    Worker worker = world.start(message);
    workers.add(worker);
    last = Optional.of(worker);
  }

  private void resume(Worker worker) {
    last = Optional.of(worker);
    worker.resume();
    if (worker.isFinished()) {
      last = Optional.empty();
      workers.remove(worker);
      world.log(() -> worker + " ends: " + worker.outcomes());
      worker.unforeseen().ifPresent(world.monitor()::unforeseen);
      if (!worker.isDone()) {
        world.giveBack(worker.message(), HIDDEN);
      }
    }
  }

  private void killOverdue() {
    workers.stream().filter(Worker::isOverdue).toList().forEach(this::end);
  }

  private void end(Worker worker) {
    worker.kill();
    workers.remove(worker);
    last = Optional.empty();
    world.giveBack(worker.message(), scenario.isEnumerated() ? HIDDEN_LONG : HIDDEN);
  }

  /** Nobody can do anything now: on to the next instant at which somebody can. */
  private boolean letTimePass() {
    Optional<Instant> next = next();
    next.ifPresent(world.clock()::advanceTo);
    return next.isPresent();
  }

  private Optional<Instant> next() {
    return Stream.concat(
            workers.stream().map(Worker::wakesAt), world.queue().stream().map(Message::visibleFrom))
        .filter(time -> time.isAfter(world.now()))
        .min(Instant::compareTo);
  }

  /** What was lost is found by looking at every name, once everything else has come to rest. */
  private boolean reconcile() {
    if (reconciled || !scenario.needsReconcile()) {
      return false;
    }
    reconciled = true;
    for (SideName side : SideName.values()) {
      BucketLocation bucket = World.bucket(side);
      String provider = world.flavour(side).isGoogle() ? "gs" : "s3";
      for (String name : users.names()) {
        world.send(ObjectEvent.look(provider, bucket.bucket(), name, EventType.METADATA_CHANGED));
      }
    }
    return true;
  }
}
