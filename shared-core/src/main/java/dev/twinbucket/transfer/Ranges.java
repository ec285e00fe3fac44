package dev.twinbucket.transfer;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.transfer.Range.Done;
import dev.twinbucket.transfer.Range.Free;
import dev.twinbucket.transfer.Range.Taken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All parts of a transfer as ranges, and how ranges pass from hand to hand. Pure: every change is a
 * new value, which its maker then has to write by compare-and-set.
 *
 * <p>Ranges are cut as they are taken and grow together again as they are done, so that their
 * number follows the number of workers and not the size of the object. It never exceeds {@link
 * #MOST}: past that, ranges are taken whole, and given back whole with their parts to be asked for.
 *
 * @param plan what the parts are
 * @param list in order, all parts together
 */
record Ranges(TransferPlan plan, List<Range> list) {
  /** So many at most, for the sake of a row of at most 64 KiB. */
  static final int MOST = 320;

  Ranges {
    list = List.copyOf(list);
    int parts = list.stream().mapToInt(Range::parts).sum();
    if (parts != plan.parts()) {
      throw new IllegalArgumentException(parts + " parts instead of " + plan.parts());
    }
  }

  /** Nobody has begun. */
  static Ranges untouched(TransferPlan plan) {
    return new Ranges(plan, List.of(new Range(plan.parts(), Range.FRESH)));
  }

  /**
   * Parts that were taken.
   *
   * @param ranges after that
   * @param first the first part's number
   * @param parts how many
   * @param touched whether some of them may have arrived already
   */
  record Take(Ranges ranges, int first, int parts, boolean touched) {}

  /**
   * Takes the first parts that nobody works on, or whose worker is dead or out of time.
   *
   * @param lease the taker's
   * @param atMost so many parts, at least one
   */
  Optional<Take> take(Lease lease, Instant now, int atMost) {
    int first = 1;
    for (int i = 0; i < list.size(); i++) {
      Range range = list.get(i);
      boolean mayTake =
          switch (range.state()) {
            case Free _ -> true;
            case Taken(Lease held) ->
                !held.owner().equals(lease.owner())
                    && !held.isHeldAgainst(lease.owner(), lease.message(), now);
            case Done _ -> false;
          };
      if (mayTake) {
        boolean touched = !range.state().equals(Range.FRESH);
        boolean cut = range.parts() > atMost && list.size() < MOST;
        int parts = cut ? atMost : range.parts();
        List<Range> next = new ArrayList<>(list.subList(0, i));
        next.add(new Range(parts, new Taken(lease)));
        if (cut) {
          next.add(new Range(range.parts() - parts, touched ? Range.TOUCHED : Range.FRESH));
        }
        next.addAll(list.subList(i + 1, list.size()));
        return Optional.of(new Take(new Ranges(plan, next), first, parts, touched));
      }
      first += range.parts();
    }
    return Optional.empty();
  }

  /** What an owner's ranges are to become. */
  sealed interface Rest {
    /** The owner goes on with what is not done. */
    record Keep(Instant until) implements Rest {}

    /** Others may have what is not done. */
    record GiveBack() implements Rest {}
  }

  /**
   * Writes down what an owner has done.
   *
   * @param there the parts that have arrived, by number, with their checksums as far as known
   * @param rest what becomes of the owner's ranges of which parts are missing
   */
  Ranges settle(String owner, Map<Integer, Optional<Crc32c>> there, Rest rest) {
    List<Range> next = new ArrayList<>();
    int first = 1;
    for (int i = 0; i < list.size(); i++) {
      Range range = list.get(i);
      if (range.state() instanceof Taken(Lease lease) && lease.owner().equals(owner)) {
        List<Range> fragments = fragments(first, range.parts(), there);
        boolean whole = fragments.size() == 1 && fragments.getFirst().state() instanceof Done;
        int others = list.size() - i - 1;
        switch (rest) {
          case Rest.Keep(Instant until) when !whole ->
              next.add(new Range(range.parts(), new Taken(lease.until(until))));
          case Rest.GiveBack() when next.size() + fragments.size() + others > MOST ->
              next.add(new Range(range.parts(), Range.TOUCHED));
          default -> next.addAll(fragments);
        }
      } else {
        next.add(range);
      }
      first += range.parts();
    }
    return new Ranges(plan, merged(next));
  }

  private List<Range> fragments(int first, int parts, Map<Integer, Optional<Crc32c>> there) {
    List<Range> fragments = new ArrayList<>();
    for (int part = first; part < first + parts; part++) {
      Optional<Crc32c> crc = there.get(part);
      fragments.add(new Range(1, crc == null ? Range.TOUCHED : new Done(crc)));
    }
    return merged(first, fragments);
  }

  /** Opens done ranges again in which parts turned out to be missing. */
  Ranges reopen(Collection<Integer> missing) {
    List<Range> next = new ArrayList<>();
    int first = 1;
    for (Range range : list) {
      int from = first;
      int end = first + range.parts();
      boolean torn =
          range.state() instanceof Done && missing.stream().anyMatch(p -> p >= from && p < end);
      next.add(torn ? new Range(range.parts(), Range.TOUCHED) : range);
      first = end;
    }
    return new Ranges(plan, merged(next));
  }

  /** Whether every part has arrived. */
  boolean isComplete() {
    return list.stream().allMatch(range -> range.state() instanceof Done);
  }

  /** The checksum of all parts that are done from the first on; all, if {@link #isComplete}. */
  Optional<Crc32c> crc() {
    List<Range> merged = merged(list);
    return merged.getFirst().state() instanceof Done(Optional<Crc32c> crc) && merged.size() == 1
        ? crc
        : Optional.empty();
  }

  int partsDone() {
    return list.stream().filter(r -> r.state() instanceof Done).mapToInt(Range::parts).sum();
  }

  /** Parts that nobody has done and nobody who is alive works on. */
  int partsToTake(String asker, String message, Instant now) {
    return list.stream()
        .filter(
            range ->
                switch (range.state()) {
                  case Free _ -> true;
                  case Taken(Lease lease) -> !lease.isHeldAgainst(asker, message, now);
                  case Done _ -> false;
                })
        .mapToInt(Range::parts)
        .sum();
  }

  long bytesDone() {
    long bytes = 0;
    int first = 1;
    for (Range range : list) {
      if (range.state() instanceof Done) {
        bytes += plan.bytes(first, range.parts());
      }
      first += range.parts();
    }
    return bytes;
  }

  /** Leases that hold against an asker now. */
  List<Lease> heldAgainst(String asker, String message, Instant now) {
    return list.stream()
        .flatMap(
            range ->
                range.state() instanceof Taken(Lease lease)
                        && lease.isHeldAgainst(asker, message, now)
                    ? Optional.of(lease).stream()
                    : Optional.<Lease>empty().stream())
        .toList();
  }

  /** Whether a part still is in a range that this owner has taken. */
  boolean isTakenBy(String owner, int part) {
    int end = 1;
    for (Range range : list) {
      end += range.parts();
      if (part < end) {
        return range.state() instanceof Taken(Lease lease) && lease.owner().equals(owner);
      }
    }
    return false;
  }

  private List<Range> merged(List<Range> ranges) {
    return merged(1, ranges);
  }

  private List<Range> merged(int firstPart, List<Range> ranges) {
    List<Range> merged = new ArrayList<>();
    int first = firstPart;
    for (Range range : ranges) {
      Optional<Range> joined =
          merged.isEmpty() ? Optional.empty() : joined(merged.getLast(), range, first);
      if (joined.isPresent()) {
        merged.removeLast();
      }
      merged.add(joined.orElse(range));
      first += range.parts();
    }
    return merged;
  }

  private Optional<Range> joined(Range left, Range right, int firstOfRight) {
    int parts = left.parts() + right.parts();
    if (left.state() instanceof Free && left.state().equals(right.state())) {
      return Optional.of(new Range(parts, left.state()));
    }
    if (left.state() instanceof Done(Optional<Crc32c> l)
        && right.state() instanceof Done(Optional<Crc32c> r)) {
      long bytes = plan.bytes(firstOfRight, right.parts());
      return Optional.of(
          new Range(parts, new Done(l.flatMap(crc -> r.map(next -> crc.append(next, bytes))))));
    }
    return Optional.empty();
  }
}
