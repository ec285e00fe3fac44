package dev.twinbucket.guard;

import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asked right before every write: whether an operator has switched its direction off, and before a
 * delete also whether the rule may still delete. The answer is read from the state store at that
 * moment. One instance serves a whole process; it is safe for use by several threads.
 */
public final class RuleGuard {
  /** For so long what is known to be held is held without asking again. */
  private static final Duration RECENT = Duration.ofSeconds(10);

  /** The row takes about one write a second on some stores: after these, time has to pass. */
  private static final int ATTEMPTS = 4;

  private final ControlBook book;
  private final Permits permits = new Permits();
  private final AtomicLong windows = new AtomicLong();

  /** With the rules' rows in that book. */
  public RuleGuard(ControlBook book) {
    this.book = book;
  }

  /**
   * A delete that was decided on.
   *
   * @param rule by which rule
   * @param at on which side
   * @param target what is to go
   * @param hint what led to it
   * @param id unique to the piece of work that asks
   */
  public record Deletion(
      Rule rule, SideName at, ObjectSnapshot target, ObjectEvent hint, String id) {}

  /**
   * Returns if something may be written to that side of the rule at this moment.
   *
   * @throws HeldBackException if not
   * @throws dev.twinbucket.state.StateException if nobody can tell
   */
  public void beforeWrite(Rule rule, SideName to, Instant now) {
    refuseClosed(book.read(rule.name(), now), rule, to);
  }

  /**
   * Returns what is to become of a delete at this moment.
   *
   * @param store the one on which is deleted
   * @param deadline no page of a listing is begun after it
   * @throws HeldBackException if it has to wait
   * @throws dev.twinbucket.state.StateException if nobody can tell
   * @throws dev.twinbucket.store.StoreException if it takes a listing, which cannot be had
   */
  public Verdict beforeDelete(Deletion deletion, ObjectStore store, Deadline deadline) {
    Instant now = deadline.clock().instant();
    Rule rule = deletion.rule();
    ControlBook.Entry entry = book.find(rule.name(), now);
    refuseClosed(entry.controls(), rule, deletion.at());
    Optional<Verdict> dropped = dropped(entry.controls(), deletion, now);
    if (dropped.isPresent()) {
      return dropped.get();
    }
    Permits.Pool pool = permits.of(rule.name(), deletion.at());
    if (pool.take(allowance(entry, deletion, now).current())) {
      return Verdict.GO;
    }
    Allowance.Answer answer = allowance(entry, deletion, now).answer(1, "");
    if (answer instanceof Allowance.Answer.Free) {
      return Verdict.GO;
    }
    if (answer instanceof Allowance.Answer.Held(String why)) {
      throw heldDelete(why);
    }
    pool.begin();
    pool.lock.lock();
    try {
      return reserve(deletion, pool, store, deadline);
    } finally {
      pool.end();
      pool.lock.unlock();
    }
  }

  /**
   * Returns unless it was found a moment ago that nothing may be written to that side. Asks nobody:
   * it spares work whose end is known, and permits nothing.
   *
   * @param delete whether what is about to be done is a delete
   * @throws HeldBackException if it was
   */
  public void beforeWork(Rule rule, SideName to, boolean delete, Instant now) {
    Optional<Controls> known = book.recall(rule.name(), now, RECENT);
    if (known.isEmpty()) {
      return;
    }
    refuseClosed(known.get(), rule, to);
    if (delete
        && known.get().discardAt(now).isEmpty()
        && new Allowance(known.get(), rule.guard(), to, now).answer(1, "")
            instanceof Allowance.Answer.Held(String why)) {
      throw heldDelete(why);
    }
  }

  /**
   * What would keep something from being written to that side, in words, if anything would.
   * Reserves nothing.
   *
   * @param delete whether it is a delete
   * @throws dev.twinbucket.state.StateException if nobody can tell
   */
  public Optional<String> foresee(Rule rule, SideName to, boolean delete, Instant now) {
    Controls controls = book.read(rule.name(), now);
    if (controls.isClosed(to)) {
      return Optional.of(offDirection(rule, to));
    }
    if (!delete) {
      return Optional.empty();
    }
    if (new Allowance(controls, rule.guard(), to, now).answer(1, "")
        instanceof Allowance.Answer.Held(String why)) {
      return Optional.of("deletes are held: " + why);
    }
    return controls
        .discardAt(now)
        .map(before -> "deletes whose notifications are from before " + before + " are discarded");
  }

  private Verdict reserve(
      Deletion deletion, Permits.Pool pool, ObjectStore store, Deadline deadline) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Instant now = deadline.clock().instant();
      ControlBook.Entry entry = book.find(deletion.rule().name(), now);
      refuseClosed(entry.controls(), deletion.rule(), deletion.at());
      Optional<Verdict> dropped = dropped(entry.controls(), deletion, now);
      if (dropped.isPresent()) {
        return dropped.get();
      }
      Allowance allowance = allowance(entry, deletion, now);
      if (pool.take(allowance.current())) {
        return Verdict.GO;
      }
      switch (allowance.answer(pool.wanted(allowance.current()), windowId(deletion))) {
        case Allowance.Answer.Free _ -> {
          return Verdict.GO;
        }
        case Allowance.Answer.Held(String why) -> throw heldDelete(why);
        case Allowance.Answer.Uncounted _ -> {
          count(deletion, entry, store, deadline);
          return Verdict.LOOK_AGAIN;
        }
        case Allowance.Answer.Block(Controls next, String id, long reserved) -> {
          if (book.move(entry, next, now).isPresent()) {
            pool.add(id, reserved);
            pool.take(Optional.of(id));
            return Verdict.GO;
          }
        }
        case Allowance.Answer.Stop(Controls next, String why) -> {
          if (book.move(entry, next, now).isPresent()) {
            throw heldDelete(why);
          }
        }
      }
    }
    // Many instances reserve at once. Nothing is known to be wrong: ask again after a pause.
    return Verdict.LOOK_AGAIN;
  }

  private void count(
      Deletion deletion, ControlBook.Entry entry, ObjectStore store, Deadline deadline) {
    OptionalLong standing =
        Standing.count(
            store,
            deletion.rule(),
            deletion.at(),
            deletion.rule().guard().enough(),
            () -> !deadline.remaining().isZero());
    Instant now = deadline.clock().instant();
    // If somebody else came first, the next attempt finds a count or makes its own.
    if (standing.isPresent()) {
      book.move(
          entry,
          allowance(entry, deletion, now).counted(standing.getAsLong(), windowId(deletion)),
          now);
    }
  }

  private String windowId(Deletion deletion) {
    return deletion.id() + "-" + windows.incrementAndGet();
  }

  private static Allowance allowance(ControlBook.Entry entry, Deletion deletion, Instant now) {
    return new Allowance(entry.controls(), deletion.rule().guard(), deletion.at(), now);
  }

  /**
   * A hint that tells no time may be about any: it counts as one from before. Something written
   * after the discard is nothing that its operator had in mind.
   */
  private static Optional<Verdict> dropped(Controls controls, Deletion deletion, Instant now) {
    Optional<Instant> before = controls.discardAt(now);
    if (before.isEmpty() || !deletion.target().modified().isBefore(before.get())) {
      return Optional.empty();
    }
    Optional<Instant> said = deletion.hint().time();
    if (said.isPresent() && !said.get().isBefore(before.get())) {
      return Optional.empty();
    }
    return Optional.of(
        said.isEmpty() || deletion.hint().type().isRemoval() ? Verdict.DISCARD : Verdict.LEAVE);
  }

  private static void refuseClosed(Controls controls, Rule rule, SideName to) {
    if (controls.isClosed(to)) {
      throw new HeldBackException(offDirection(rule, to));
    }
  }

  private static String offDirection(Rule rule, SideName to) {
    return "the direction "
        + (to == SideName.RIGHT ? "left-to-right" : "right-to-left")
        + " of the rule "
        + rule.name()
        + " is switched off";
  }

  private static HeldBackException heldDelete(String why) {
    return new HeldBackException("deletes are held: " + why);
  }
}
