package dev.twinbucket.transfer;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.store.MultipartUploads;
import dev.twinbucket.store.PartBody;
import dev.twinbucket.store.Upload;
import dev.twinbucket.store.UploadedPart;
import dev.twinbucket.transfer.CheckpointLedger.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One invocation's work on the parts of a transfer: takes ranges that nobody works on, carries
 * their parts over several lanes at once, writes down what is done in the same compare-and-set that
 * takes the next, and gives back what it could not do.
 *
 * <p>How much is taken at once follows from how fast the parts go: some seconds' worth, so that the
 * row is not written all the time, and never more than a fair share of what is left, so that nobody
 * is still busy when all others are done.
 */
final class Shift {
  /** How long a range is held without a word from its holder. */
  static final Duration LEASE = Duration.ofMinutes(2);

  private static final Duration WORTH = Duration.ofSeconds(15);
  private static final Duration WORTH_FOR_EACH_WORKER = Duration.ofMillis(250);
  private static final int TAKEN_UNMEASURED = 2;

  private final Run run;
  private final TransferJob job;
  private final Optional<Upload> upload;
  private final String writeId;
  private final Checkpoint.Phase phase;
  private final int lanes;
  private final Instant start;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Integer, Optional<Crc32c>> there = new HashMap<>();
  private final Set<Integer> arrivedUnread = new HashSet<>();
  private final Deque<Integer> pending = new ArrayDeque<>();
  private Entry entry;
  private Instant leaseEnd;
  private int carried;
  private boolean outOfTime;
  private boolean lost;
  private Optional<RuntimeException> failure = Optional.empty();

  /** A shift on a transfer as it stands in its row. */
  Shift(Run run, TransferJob job, Entry entry) {
    Checkpoint checkpoint = entry.checkpoint().orElseThrow();
    this.run = run;
    this.job = job;
    this.entry = entry;
    this.upload = checkpoint.upload();
    this.writeId = checkpoint.writeId();
    this.phase = checkpoint.phase();
    this.start = run.now();
    this.leaseEnd = start.plus(leaseTime(checkpoint));
    long fit = run.large().budget().total() / checkpoint.plan().length(1);
    this.lanes =
        (int)
            Math.clamp(
                Math.min(fit, checkpoint.plan().parts()), 1L, run.large().settings().partsAtOnce());
  }

  /**
   * How a shift ended.
   *
   * @param entry the row as it was left
   * @param carried parts that were brought over, or read through
   * @param lost whether the transfer is not the one any more that was worked on
   * @param outOfTime whether it was time that put an end to it
   * @param failure what else did
   */
  record End(
      Entry entry,
      int carried,
      boolean lost,
      boolean outOfTime,
      Optional<RuntimeException> failure) {}

  End work() {
    Lanes.run(lanes, this::lane);
    try {
      giveBack();
    } catch (RuntimeException e) {
      // Who comes next finds the ranges still taken, and takes them over in time.
      failure = failure.or(() -> Optional.of(e));
    }
    return new End(entry, carried, lost, outOfTime, failure);
  }

  private void lane() {
    try (PartCarrier carrier =
        new PartCarrier(run, job.source(), checkpoint().plan(), this::send)) {
      while (mayGoOn()) {
        Optional<Integer> part = next();
        if (part.isEmpty()) {
          return;
        }
        if (!carrier.hasRoom()) {
          break;
        }
        Instant begun = run.now();
        Crc32c crc = carrier.carry(part.get());
        done(part.get(), crc, Duration.between(begun, run.now()));
      }
      stopForTime();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** Sends what has not arrived yet; the rest was only to be read. */
  private Optional<UploadedPart> send(int part, PartBody body) {
    return phase == Checkpoint.Phase.SUM || arrivedUnread.contains(part)
        ? Optional.empty()
        : Optional.of(uploads().putPart(upload.orElseThrow(), part, body));
  }

  private boolean mayGoOn() {
    return !Thread.currentThread().isInterrupted()
        && run.pace().allowsPart(checkpoint().partMillis());
  }

  private void stopForTime() {
    lock.lock();
    try {
      outOfTime = true;
    } finally {
      lock.unlock();
    }
  }

  private void failed(RuntimeException e) {
    lock.lock();
    try {
      failure = failure.or(() -> Optional.of(e));
    } finally {
      lock.unlock();
    }
  }

  private void done(int part, Crc32c crc, Duration took) {
    run.pace().measured(took);
    lock.lock();
    try {
      there.put(part, Optional.of(crc));
      carried++;
    } finally {
      lock.unlock();
    }
  }

  /** The next part to carry; empty if there is none to be had. */
  private Optional<Integer> next() {
    lock.lock();
    try {
      while (!lost && !outOfTime && failure.isEmpty()) {
        if (Duration.between(run.now(), leaseEnd).compareTo(LEASE.dividedBy(2)) < 0) {
          write(settled());
        }
        if (!pending.isEmpty()) {
          return Optional.of(pending.poll());
        }
        if (!takeMore()) {
          return Optional.empty();
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes down what is done and takes more, in one step.
   *
   * @return false if there is nothing to take
   */
  private boolean takeMore() {
    Checkpoint settled = settled();
    Lease lease = run.lease(leaseTime(settled));
    Optional<Ranges.Take> take = settled.ranges().take(lease, run.now(), share(settled));
    if (take.isEmpty()) {
      boolean news = settled.ranges().partsDone() > checkpoint().ranges().partsDone();
      // Another's hands may have been in it: then there may be something to take after all.
      return news && !write(settled) && !lost;
    }
    if (write(settled.withRanges(take.get().ranges()))) {
      begin(take.get());
    }
    return true;
  }

  private void begin(Ranges.Take take) {
    Map<Integer, UploadedPart> listed = new HashMap<>();
    if (take.touched() && phase == Checkpoint.Phase.MOVE) {
      uploads().parts(upload.orElseThrow()).forEach(part -> listed.put(part.number(), part));
    }
    boolean sumKnown = checkpoint().crc().isPresent();
    for (int part = take.first(); part < take.first() + take.parts(); part++) {
      if (there.containsKey(part)) {
        continue;
      }
      UploadedPart found = listed.get(part);
      boolean arrived = found != null && found.size() == checkpoint().plan().length(part);
      if (arrived && (sumKnown || found.crc().isPresent())) {
        there.put(part, found.crc());
      } else {
        if (arrived) {
          arrivedUnread.add(part);
        }
        pending.add(part);
      }
    }
  }

  private int share(Checkpoint now) {
    int others = (int) run.heldAgainst(now).stream().map(Lease::owner).distinct().count();
    int workers = Math.max(others + 1, now.workers());
    int left = now.ranges().partsToTake(run.party().owner(), run.party().message(), run.now());
    int fair = Math.ceilDiv(left, 2 * workers);
    long elapsed = Duration.between(start, run.now()).toMillis();
    long worth = Math.max(WORTH.toMillis(), WORTH_FOR_EACH_WORKER.toMillis() * workers);
    long measured =
        carried > 0 && elapsed > 0
            ? worth * carried / elapsed
            : now.partMillis() > 0
                ? worth * lanes / now.partMillis()
                : (long) TAKEN_UNMEASURED * lanes;
    return (int) Math.clamp(Math.min(measured, fair), 1L, Integer.MAX_VALUE);
  }

  private Checkpoint settled() {
    leaseEnd = run.now().plus(leaseTime(checkpoint()));
    Ranges ranges =
        checkpoint().ranges().settle(run.party().owner(), there, new Ranges.Rest.Keep(leaseEnd));
    return progressed(ranges);
  }

  private Checkpoint progressed(Ranges ranges) {
    Checkpoint next = checkpoint().withRanges(ranges);
    if (carried == 0) {
      return next;
    }
    long elapsed = Duration.between(start, run.now()).toMillis();
    return next.withIdle(0).withPartMillis(elapsed * lanes / carried);
  }

  /** Moves the row on; if somebody else did, takes over what it has become. */
  private boolean write(Checkpoint next) {
    int before = checkpoint().ranges().partsDone();
    Run.Moved moved = run.move(entry, next);
    if (moved.done()) {
      entry = moved.entry();
      if (next.ranges().partsDone() > before) {
        report();
      }
      return true;
    }
    adopt(moved.entry());
    return false;
  }

  private void adopt(Entry now) {
    boolean same =
        now.checkpoint().filter(c -> c.writeId().equals(writeId) && c.phase() == phase).isPresent();
    if (!same) {
      lost = true;
      return;
    }
    entry = now;
    pending.removeIf(
        part -> !now.checkpoint().orElseThrow().ranges().isTakenBy(run.party().owner(), part));
  }

  private void giveBack() {
    while (!lost) {
      Ranges ranges =
          checkpoint().ranges().settle(run.party().owner(), there, new Ranges.Rest.GiveBack());
      if (ranges.equals(checkpoint().ranges()) || write(progressed(ranges))) {
        return;
      }
    }
  }

  private void report() {
    Checkpoint now = checkpoint();
    run.large()
        .progress()
        .accept(
            new TransferProgress(
                job.rule(),
                job.source().location(),
                job.destination(),
                phase == Checkpoint.Phase.SUM ? "sum" : "move",
                now.ranges().partsDone(),
                now.plan().parts(),
                now.ranges().bytesDone(),
                now.plan().size(),
                Duration.between(now.begun(), run.now())));
  }

  private static Duration leaseTime(Checkpoint checkpoint) {
    Duration parts = Duration.ofMillis(checkpoint.partMillis() * 3);
    return parts.compareTo(LEASE) > 0 ? parts : LEASE;
  }

  private MultipartUploads uploads() {
    return run.uploads(job.destination());
  }

  private Checkpoint checkpoint() {
    return entry.checkpoint().orElseThrow();
  }
}
