package dev.twinbucket.simulator;

import dev.twinbucket.rule.Direction;
import dev.twinbucket.store.memory.Flavour;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Every history of some circumstances, depth first. A history is run from its beginning each time;
 * it is cut short where it comes to a state from which everything has been run before, and counts
 * for as many as went on from there. A state is all that the future and the verdict depend on, told
 * apart by its MD5.
 */
final class Exhaustive {
  private final Scenario scenario;
  private final Map<Key, BigInteger> done = new HashMap<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private BigInteger histories = BigInteger.ZERO;
  private long runs;

  Exhaustive(Scenario scenario) {
    this.scenario = scenario;
  }

  /** A state's digest. */
  private record Key(long high, long low) {}

  /** A state that is being gone on from. */
  private static final class Open {
    private final Key key;
    private final int position;
    private BigInteger histories = BigInteger.ZERO;

    Open(Key key, int position) {
      this.key = key;
      this.position = position;
    }
  }

  /**
   * What came of it.
   *
   * @param scenario the circumstances
   * @param histories how many there are
   * @param states how many states with a choice they come through
   * @param runs how many were run to their end, or to a known state
   * @param failure the first that ended badly, with its log
   */
  record Result(
      Scenario scenario,
      BigInteger histories,
      long states,
      long runs,
      Optional<Simulation.Result> failure) {}

  /** The circumstances of a bound: with versions on neither side, on both, and on either. */
  static List<Scenario> circumstances(
      Direction direction, int operations, int workers, int crashes) {
    List<Scenario> all = new ArrayList<>();
    for (Flavour left : List.of(Flavour.S3, Flavour.S3_VERSIONED)) {
      for (Flavour right : List.of(Flavour.GCS, Flavour.GCS_VERSIONED)) {
        all.add(Scenario.toEnumerate(direction, left, right, operations, workers, crashes));
      }
    }
    return all;
  }

  /** Runs them all, or up to the first that ends badly. */
  Result run() {
    List<Integer> choices = List.of();
    while (true) {
      List<Integer> bounds = new ArrayList<>();
      Tape tape = Tape.enumerate(choices, bounds);
      int from = choices.size();
      BigInteger[] cut = {BigInteger.ONE};
      Simulation.Result result =
          Simulation.run(scenario, tape, state -> visit(state, tape.position(), from, cut), false);
      runs++;
      if (!result.violations().isEmpty()) {
        Tape again = Tape.enumerate(result.choices(), new ArrayList<>());
        return result(Optional.of(Simulation.run(scenario, again, state -> true, true)));
      }
      add(cut[0]);
      Optional<List<Integer>> next = next(result.choices(), bounds);
      if (next.isEmpty()) {
        close(0);
        return result(Optional.empty());
      }
      choices = next.get();
      close(choices.size());
    }
  }

  private Result result(Optional<Simulation.Result> failure) {
    return new Result(scenario, histories, done.size(), runs, failure);
  }

  /** Whether to go on: always on the way to where this run is to differ from the one before. */
  private boolean visit(Supplier<String> state, int position, int from, BigInteger[] cut) {
    if (position < from) {
      return true;
    }
    Key key = digest(state.get());
    BigInteger known = done.get(key);
    if (known != null) {
      cut[0] = known;
      return false;
    }
    open.push(new Open(key, position));
    return true;
  }

  private void add(BigInteger more) {
    if (open.isEmpty()) {
      histories = histories.add(more);
    } else {
      open.peek().histories = open.peek().histories.add(more);
    }
  }

  /** From states at or past that position nothing is left to be run. */
  private void close(int position) {
    while (!open.isEmpty() && open.peek().position >= position) {
      Open closed = open.pop();
      done.put(closed.key, closed.histories);
      add(closed.histories);
    }
  }

  /** The last choice that has another one left takes it; what came after it begins anew. */
  private static Optional<List<Integer>> next(List<Integer> choices, List<Integer> bounds) {
    for (int i = choices.size() - 1; i >= 0; i--) {
      if (choices.get(i) + 1 < bounds.get(i)) {
        List<Integer> next = new ArrayList<>(choices.subList(0, i));
        next.add(choices.get(i) + 1);
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  private static Key digest(String state) {
    try {
      byte[] md5 = MessageDigest.getInstance("MD5").digest(state.getBytes(StandardCharsets.UTF_8));
      ByteBuffer halves = ByteBuffer.wrap(md5);
      return new Key(halves.getLong(), halves.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
