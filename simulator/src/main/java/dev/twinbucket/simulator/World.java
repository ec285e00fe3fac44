package dev.twinbucket.simulator;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.Observation;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.RuleSet;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.state.InMemoryStateStore;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.memory.Flavour;
import dev.twinbucket.store.memory.InMemoryObjectStore;
import dev.twinbucket.store.memory.Mutation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Two stores, a state store, a queue, and the record of all that happens to them. */
final class World {
  static final BucketLocation LEFT = new BucketLocation("s3", "left");
  static final BucketLocation RIGHT = new BucketLocation("gs", "right");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final Duration REQUEST = Duration.ofMillis(20);
  private static final int SKEW_AT_MOST = 10;
  private static final List<Duration> DELAYS =
      List.of(Duration.ofSeconds(3), Duration.ofSeconds(60), Duration.ofMinutes(10));

  private final Scenario scenario;
  private final Tape tape;
  private final SimulatedClock clock = new SimulatedClock();
  private final InMemoryObjectStore left;
  private final InMemoryObjectStore right;
  private final InMemoryStateStore state;
  private final RuleSet rules;
  private final Monitor monitor;
  private final List<Message> queue = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final boolean keepLog;
  private Optional<Worker> acting = Optional.empty();
  private Optional<EventType> said = Optional.empty();
  private int faultsLeft;
  private final Map<String, Integer> sent = new HashMap<>();
  private final Map<String, Integer> deliveries = new HashMap<>();
  private int messages;
  private int started;

  World(Scenario scenario, Tape tape, boolean keepLog) {
    this.scenario = scenario;
    this.tape = tape;
    this.keepLog = keepLog;
    this.faultsLeft = scenario.trouble().faults();
    this.left =
        new InMemoryObjectStore(
            scenario.left(), clock.skewed(Duration.ZERO), c -> changed(SideName.LEFT, c));
    this.right =
        new InMemoryObjectStore(
            scenario.right(), clock.skewed(scenario.skew()), c -> changed(SideName.RIGHT, c));
    left.createBucket(LEFT);
    right.createBucket(RIGHT);
    this.state = new InMemoryStateStore(clock.skewed(Duration.ZERO));
    this.rules = new RuleSet(List.of(scenario.rule()), Map.of("s3", "s3", "gs", "gs"));
    this.monitor = new Monitor(scenario, left, right);
  }

  SimulatedClock clock() {
    return clock;
  }

  InMemoryObjectStore store(SideName side) {
    return side == SideName.LEFT ? left : right;
  }

  static BucketLocation bucket(SideName side) {
    return side == SideName.LEFT ? LEFT : RIGHT;
  }

  Flavour flavour(SideName side) {
    return side == SideName.LEFT ? scenario.left() : scenario.right();
  }

  Monitor monitor() {
    return monitor;
  }

  List<Message> queue() {
    return queue;
  }

  Worker start(Message message) {
    started++;
    monitor.workerStarts();
    Duration skew =
        scenario.trouble().skewedFunctions()
            ? Duration.ofSeconds(tape.choose(2 * SKEW_AT_MOST + 1) - SKEW_AT_MOST)
            : Duration.ZERO;
    int delivery = deliveries.merge(message.id(), 1, Integer::sum);
    Worker worker =
        new Worker(
            started, message, this, rules, Map.of("s3", left, "gs", right), state, skew, delivery);
    log(() -> worker + " takes " + message.id() + ": " + message.event());
    return worker;
  }

  /** Puts a hint into the queue. */
  void send(ObjectEvent event) {
    messages++;
    boolean late = scenario.trouble().delays() && tape.once(3);
    Duration delay = late ? DELAYS.get(tape.choose(DELAYS.size())) : Duration.ZERO;
    String id = scenario.isEnumerated() ? nameOf(event) : "m" + messages;
    queue.add(new Message(id, event, clock.now().plus(delay)));
  }

  private String nameOf(ObjectEvent event) {
    String about =
        event.provider() + event.type() + event.writeId() + event.revision() + event.etag();
    return about + "#" + sent.merge(about, 1, Integer::sum);
  }

  /** Whether the state store knows anything of a name. */
  boolean remembers(String name) {
    return state.read(scenario.rule().name() + "/" + name).isPresent();
  }

  boolean isEnumerated() {
    return scenario.isEnumerated();
  }

  /** Whether time may pass between the sending of a request and its effect. */
  boolean hasRequestsInFlight() {
    return scenario.trouble().inFlight();
  }

  /** What happens next is said to have happened in that way, and in no other. */
  void saidToBe(EventType type) {
    said = Optional.of(type);
  }

  /** A user's change that leaves what is current as it is. */
  void changedNoncurrent(SideName side, ObjectSnapshot gone) {
    log(() -> "user on " + side + " deletes the noncurrent " + show(gone));
    notify(Notifications.removal(flavour(side), gone, EventType.DELETED));
  }

  void giveBack(Message message, Duration hiddenFor) {
    queue.add(message.visibleFrom(clock.now().plus(hiddenFor)));
  }

  boolean failsNow() {
    if (!scenario.isEnumerated()) {
      clock.advance(REQUEST);
    }
    if (faultsLeft == 0 || !tape.once(12)) {
      return false;
    }
    faultsLeft--;
    return true;
  }

  boolean failsAfterwards() {
    return tape.choose(2) == 1;
  }

  void acting(Worker worker) {
    acting = Optional.of(worker);
  }

  void actingNobody() {
    acting = Optional.empty();
  }

  private void changed(SideName side, Mutation change) {
    boolean reserved = change.location().key().startsWith(Rule.RESERVED_PREFIX);
    if (reserved) {
      return;
    }
    monitor.saw(side, change, acting.isPresent(), said);
    if (acting.isEmpty()) {
      log(
          () ->
              "user on "
                  + side
                  + ": "
                  + change.before().map(World::show).orElse("nothing")
                  + " becomes "
                  + change.after().map(World::show).orElse("nothing")
                  + said.map(type -> ", " + type).orElse(""));
    }
    if (said.isPresent()) {
      ObjectSnapshot object = change.before().or(change::after).orElseThrow();
      notify(Notifications.removal(flavour(side), object, said.get()));
      said = Optional.empty();
      return;
    }
    Notifications.of(flavour(side), change).forEach(this::notify);
  }

  private void notify(ObjectEvent event) {
    if (scenario.trouble().drops() && tape.once(4)) {
      monitor.lost();
      log(() -> "lost: " + event);
      return;
    }
    send(event);
    if (scenario.trouble().duplicates() && tape.once(4)) {
      send(event);
    }
  }

  /** Everything that what comes now depends on, but for the functions. */
  void describe(StringBuilder text) {
    text.append(clock.now());
    for (SideName side : SideName.values()) {
      text.append(store(side).observe(bucket(side).object("k")));
      store(side).noncurrent(bucket(side).object("k")).forEach(text::append);
    }
    text.append(state.read("sim/k"));
    queue.stream()
        .sorted(Comparator.comparing(Message::id))
        .forEach(
            message ->
                text.append(message.id())
                    .append(message.visibleFrom())
                    .append(deliveries.getOrDefault(message.id(), 0)));
    monitor.describe(text);
  }

  void log(Supplier<String> line) {
    if (keepLog) {
      log.add(TIME.format(clock.now()) + " " + line.get());
    }
  }

  List<String> log() {
    return log;
  }

  static String show(Object answer) {
    return switch (answer) {
      case ObjectContent content -> show(content.snapshot());
      case Observation seen -> seen.object().map(World::show).orElse("absent");
      case ObjectSnapshot object ->
          object.location().key()
              + "@"
              + object.version().token()
              + " crc "
              + object.crc().map(Object::toString).orElse("?")
              + object.attributes().userMetadata()
              + object
                  .provenance()
                  .map(stamp -> " stamped " + stamp.version().token() + " by " + stamp.writeId())
                  .orElse("");
      default -> String.valueOf(answer);
    };
  }

  Instant now() {
    return clock.now();
  }
}
