package dev.twinbucket.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Every choice of a history, in order. A history is a function of its tape alone, so that it can be
 * replayed, and made shorter by cutting its tape: past the end every choice is the first, which is
 * always the plainest.
 */
final class Tape {
  private final RandomGenerator random;
  private final Optional<List<Integer>> bounds;
  private int[] choices;
  private int length;
  private int position;

  private Tape(int[] choices, RandomGenerator random, Optional<List<Integer>> bounds) {
    this.choices = choices;
    this.length = choices.length;
    this.random = random;
    this.bounds = bounds;
  }

  /** Records what a generator chooses. */
  static Tape record(RandomGenerator random) {
    return new Tape(new int[0], random, Optional.empty());
  }

  /** Plays recorded choices, then the first of everything. */
  static Tape replay(List<Integer> choices) {
    return new Tape(toArray(choices), ALWAYS_FIRST, Optional.empty());
  }

  /**
   * The same, and notes among how many each was chosen, so that the other ones can be tried. What
   * is no choice is not on this tape.
   */
  static Tape enumerate(List<Integer> choices, List<Integer> bounds) {
    return new Tape(toArray(choices), ALWAYS_FIRST, Optional.of(bounds));
  }

  private static int[] toArray(List<Integer> choices) {
    return choices.stream().mapToInt(Integer::intValue).toArray();
  }

  /** One of {@code bound} choices, from 0. */
  int choose(int bound) {
    if (bounds.isPresent()) {
      if (bound == 1) {
        return 0;
      }
      bounds.get().add(bound);
    }
    if (position == length) {
      append(random.nextInt(bound));
    }
    return Math.floorMod(choices[position++], bound);
  }

  /** Whether something happens that happens once in {@code odds} times. */
  boolean once(int odds) {
    return choose(odds) == odds - 1;
  }

  /** How many choices were made so far. */
  int position() {
    return position;
  }

  /** All choices made so far. */
  List<Integer> choices() {
    return Arrays.stream(choices, 0, position).boxed().toList();
  }

  private void append(int choice) {
    if (length == choices.length) {
      int size = Math.max(64, length * 2);
      choices = Arrays.copyOf(choices, size);
    }
    choices[length++] = choice;
  }

  private static final RandomGenerator ALWAYS_FIRST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return 0;
        }

        @Override
        public int nextInt(int bound) {
          return 0;
        }
      };
}
