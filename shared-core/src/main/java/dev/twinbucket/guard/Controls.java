package dev.twinbucket.guard;

import dev.twinbucket.rule.SideName;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the state store holds of one rule: its operators' commands, and how many deletes it has
 * permitted lately.
 *
 * @param closed the sides to which nothing may be written
 * @param discardedBefore deletes whose hints are from before this instant are dropped
 * @param release while it lasts, deletes are not held
 * @param trips the sides on which deletes are held until an operator releases or discards them
 * @param window the deletes permitted lately
 */
public record Controls(
    Set<SideName> closed,
    Optional<Instant> discardedBefore,
    Optional<Release> release,
    Map<SideName, Trip> trips,
    Optional<Window> window) {
  /** Nothing was ever commanded or counted. */
  public static final Controls NONE =
      new Controls(Set.of(), Optional.empty(), Optional.empty(), Map.of(), Optional.empty());

  /** No hint from before a discard comes later than this: the longest that a queue keeps one. */
  static final Duration DISCARD_LASTS = Duration.ofDays(14);

  public Controls {
    closed = Set.copyOf(closed);
    trips = Map.copyOf(trips);
  }

  /**
   * An operator's permission.
   *
   * @param id unique; permits reserved under it are told from others by it
   * @param until when it ends
   * @param left how many deletes it still permits; empty if it does not count
   */
  public record Release(String id, Instant until, OptionalLong left) {}

  /**
   * The guard has stopped the deletes on one side.
   *
   * @param at since when
   * @param why for people
   */
  public record Trip(Instant at, String why) {}

  /**
   * A stretch of time over which deletes are counted.
   *
   * @param id unique; permits reserved in it are told from others by it
   * @param start when it began
   * @param tallies by the side on which is deleted
   */
  public record Window(String id, Instant start, Map<SideName, Tally> tallies) {
    public Window {
      tallies = Map.copyOf(tallies);
    }

    /** That side's count. */
    public Tally tally(SideName side) {
      return tallies.getOrDefault(side, Tally.NONE);
    }
  }

  /**
   * What was permitted on one side.
   *
   * @param permitted deletes that functions have reserved, whether or not they have made them yet
   * @param standing how many objects of the rule a listing found, at least; empty if nobody looked
   */
  public record Tally(long permitted, OptionalLong standing) {
    /** Nothing yet. */
    public static final Tally NONE = new Tally(0, OptionalLong.empty());
  }

  /** Whether nothing may be written to that side. */
  public boolean isClosed(SideName side) {
    return closed.contains(side);
  }

  /** The same with writes to that side allowed or not. */
  public Controls withClosed(SideName side, boolean shut) {
    Set<SideName> sides = EnumSet.noneOf(SideName.class);
    sides.addAll(closed);
    if (shut) {
      sides.add(side);
    } else {
      sides.remove(side);
    }
    return new Controls(sides, discardedBefore, release, trips, window);
  }

  /** Deletes go again, and what was counted is forgotten. */
  public Controls released(Release permission) {
    return new Controls(
        closed, discardedBefore, Optional.of(permission), Map.of(), Optional.empty());
  }

  /** Deletes of hints from before that instant are dropped, and what was counted is forgotten. */
  public Controls discarded(Instant before) {
    return new Controls(closed, Optional.of(before), Optional.empty(), Map.of(), Optional.empty());
  }

  /** The same with other counts. */
  Controls with(Optional<Release> permission, Optional<Window> counted) {
    return new Controls(closed, discardedBefore, permission, trips, counted);
  }

  /** The same with deletes on that side held. */
  Controls tripped(SideName side, Trip trip) {
    Map<SideName, Trip> all = new EnumMap<>(SideName.class);
    all.putAll(trips);
    all.put(side, trip);
    return new Controls(closed, discardedBefore, release, all, window);
  }

  /** The release that is in force, if there is one. */
  public Optional<Release> releaseAt(Instant now) {
    return release.filter(permission -> now.isBefore(permission.until()));
  }

  /** The instant before which hints of deletes are dropped, while any can still come. */
  public Optional<Instant> discardAt(Instant now) {
    return discardedBefore.filter(before -> now.isBefore(before.plus(DISCARD_LASTS)));
  }
}
