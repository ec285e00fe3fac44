package dev.twinbucket.simulator;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes a failing history short: cuts pieces out of its tape and plays plainer choices in place of
 * others, as long as it still fails.
 */
final class Shrinker {
  private static final int TRIES_AT_MOST = 4000;
  private int tries;
  private List<Integer> best;

  private Shrinker(List<Integer> tape) {
    this.best = tape;
  }

  /** A tape no longer than this one that fails as well. */
  static List<Integer> shrink(List<Integer> tape) {
    Shrinker shrinker = new Shrinker(tape);
    List<Integer> before;
    do {
      before = shrinker.best;
      shrinker.cut();
      shrinker.simplify();
    } while (!shrinker.best.equals(before) && shrinker.tries < TRIES_AT_MOST);
    return shrinker.best;
  }

  private void cut() {
    for (int size = Math.max(1, best.size() / 2); size >= 1; size /= 2) {
      for (int from = best.size() - size; from >= 0; from -= size) {
        if (from + size > best.size()) {
          continue;
        }
        List<Integer> shorter = new ArrayList<>(best.subList(0, from));
        shorter.addAll(best.subList(from + size, best.size()));
        keepIfFailing(shorter);
      }
    }
  }

  private void simplify() {
    for (int i = 0; i < best.size(); i++) {
      for (int plainer : plainerThan(best.get(i))) {
        if (i < best.size() && plainer < best.get(i)) {
          List<Integer> simpler = new ArrayList<>(best);
          simpler.set(i, plainer);
          keepIfFailing(simpler);
        }
      }
    }
  }

  private static List<Integer> plainerThan(int choice) {
    return choice == 0 ? List.of() : List.of(0, choice / 2, choice - 1);
  }

  private void keepIfFailing(List<Integer> candidate) {
    if (tries++ < TRIES_AT_MOST) {
      Simulation.Result result = Simulation.run(Tape.replay(candidate), false);
      List<Integer> used = result.choices();
      if (!result.violations().isEmpty()) {
        best = used.size() < candidate.size() ? used : candidate;
      }
    }
  }
}
