package dev.twinbucket.guard;

import dev.twinbucket.guard.Controls.Release;
import dev.twinbucket.guard.Controls.Tally;
import dev.twinbucket.guard.Controls.Trip;
import dev.twinbucket.guard.Controls.Window;
import dev.twinbucket.rule.DeleteGuard;
import dev.twinbucket.rule.SideName;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the guard makes of more deletes on one side: a pure function of a rule's row. Permits are
 * given in blocks, so that one write of the row is enough for many deletes; the nearer the limit,
 * the smaller the block, so that permits which their holder never uses cost little of it.
 */
final class Allowance {
  /** A block is at most this part of what is left. */
  private static final long PART = 8;

  private final Controls controls;
  private final DeleteGuard guard;
  private final SideName side;
  private final Instant now;

  Allowance(Controls controls, DeleteGuard guard, SideName side, Instant now) {
    this.controls = controls;
    this.guard = guard;
    this.side = side;
    this.now = now;
  }

  /** An answer. */
  sealed interface Answer {
    /** Nothing counts: the delete may be made. */
    record Free() implements Answer {}

    /** Deletes are held already. */
    record Held(String why) implements Answer {}

    /** So many may be made, once the row says so. */
    record Block(Controls next, String id, long permits) implements Answer {}

    /** It takes to know how much stands on the side. */
    record Uncounted() implements Answer {}

    /** The limit is reached: deletes are to be held, once the row says so. */
    record Stop(Controls next, String why) implements Answer {}
  }

  /** The permits that a process may go on using: those of this id. */
  Optional<String> current() {
    return controls
        .releaseAt(now)
        .map(Release::id)
        .or(() -> controls.trips().containsKey(side) ? Optional.empty() : window().map(Window::id));
  }

  /**
   * Answers.
   *
   * @param wanted how many permits are asked for, 1 or more
   * @param freshId the id of a window, should one begin
   */
  Answer answer(long wanted, String freshId) {
    if (!guard.enabled()) {
      return new Answer.Free();
    }
    Optional<Release> release = controls.releaseAt(now);
    if (release.isPresent()) {
      return underRelease(release.get(), wanted);
    }
    Trip trip = controls.trips().get(side);
    if (trip != null) {
      return new Answer.Held(trip.why());
    }
    Window window = window().orElseGet(() -> new Window(freshId, now, Map.of()));
    return inWindow(window, wanted);
  }

  /** The same row with what a listing found. */
  Controls counted(long standing, String freshId) {
    Window window = window().orElseGet(() -> new Window(freshId, now, Map.of()));
    return with(window, new Tally(window.tally(side).permitted(), OptionalLong.of(standing)));
  }

  private Answer underRelease(Release release, long wanted) {
    if (release.left().isEmpty()) {
      return new Answer.Free();
    }
    long left = release.left().getAsLong();
    if (left <= 0) {
      return stop("the deletes that were released have been made");
    }
    long permits = block(wanted, left);
    Release smaller = new Release(release.id(), release.until(), OptionalLong.of(left - permits));
    return new Answer.Block(
        controls.with(Optional.of(smaller), controls.window()), release.id(), permits);
  }

  private Answer inWindow(Window window, long wanted) {
    Tally tally = window.tally(side);
    boolean unseen = tally.standing().isEmpty();
    if (unseen && tally.permitted() >= guard.allowedUnseen() && tally.permitted() < guard.count()) {
      return new Answer.Uncounted();
    }
    long allowed = unseen ? guard.allowedUnseen() : guard.allowedOf(tally.standing().getAsLong());
    long left = allowed - tally.permitted();
    if (left <= 0) {
      return stop(reason(tally, allowed));
    }
    long permits = block(wanted, left);
    Controls next = with(window, new Tally(tally.permitted() + permits, tally.standing()));
    return new Answer.Block(next, window.id(), permits);
  }

  private static long block(long wanted, long left) {
    return Math.min(wanted, Math.max(1, left / PART));
  }

  private String reason(Tally tally, long allowed) {
    String within = " within " + guard.window().toMinutes() + " minutes";
    return tally.standing().isEmpty() || allowed == guard.count()
        ? "more than " + guard.count() + " deletes" + within
        : "more than %d deletes%s, when %d objects stand there and %d %% of them may go"
            .formatted(allowed, within, tally.standing().getAsLong(), guard.sharePercent());
  }

  private Answer stop(String why) {
    Controls next =
        controls.with(Optional.empty(), Optional.empty()).tripped(side, new Trip(now, why));
    return new Answer.Stop(next, why);
  }

  private Optional<Window> window() {
    return controls
        .window()
        .filter(window -> now.isBefore(window.start().plus(guard.window())))
        .filter(window -> !now.isBefore(window.start().minus(guard.window())));
  }

  private Controls with(Window window, Tally tally) {
    Map<SideName, Tally> tallies = new EnumMap<>(SideName.class);
    tallies.putAll(window.tallies());
    tallies.put(side, tally);
    return controls.with(
        controls.releaseAt(now), Optional.of(new Window(window.id(), window.start(), tallies)));
  }
}
