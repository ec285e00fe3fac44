package dev.twinbucket.simulator;

import dev.twinbucket.rule.Direction;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** The command line of the simulator. */
public final class Simulator {
  private static final String HELP =
      """
      Usage: simulate [--histories N] [--seed S] [--replay SEED | --tape T | --exhaustive BOUND]

      Runs the production core on simulated clouds, in histories of users' operations, notifications that are
      late, twice, out of order or lost, functions that overlap and are killed, and servers that fail; then checks
      that both sides are equal and that nothing was lost (docs/simulator.md lists the invariants).

        --histories N   how many (default 100000)
        --seed S        the first seed (default 1); history i has seed S + i
        --replay SEED   shows one history step by step
        --tape T        shows one history of a shrunk tape, as a failure prints it
        --exhaustive O,W,C[,DIRECTION]
                        runs every history of one name with O operations of users, W functions at once and C
                        functions killed, on stores with and without versions; DIRECTION is two-way (default),
                        left-to-right or right-to-left. Tells how many there are
        --help          this text

      Exit status: 0 all is well, 1 an invariant was violated, 2 wrong arguments.
      """;
  private static final long PROGRESS_EVERY = 10_000;
  private static final int FAILURES_AT_MOST = 1;
  private static final int LINES_AT_MOST = 500;

  private final PrintStream out;
  private long histories = 100_000;
  private long seed = 1;

  private Simulator(PrintStream out) {
    this.out = out;
  }

  /** Runs the command and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(new Simulator(System.out).run(List.of(arguments)));
  }

  private int run(List<String> arguments) {
    try {
      for (int i = 0; i < arguments.size(); i += 2) {
        String option = arguments.get(i);
        if (option.equals("--help")) {
          out.print(HELP);
          return 0;
        }
        if (i + 1 == arguments.size()) {
          throw new IllegalArgumentException(option + " needs a value, or is unknown");
        }
        String value = arguments.get(i + 1);
        switch (option) {
          case "--histories" -> histories = Long.parseLong(value);
          case "--seed" -> seed = Long.parseLong(value);
          case "--replay" -> {
            return show(Tape.record(new SplittableRandom(Long.parseLong(value))));
          }
          case "--exhaustive" -> {
            return enumerate(value.split(",", -1));
          }
          case "--tape" -> {
            return show(Tape.replay(parse(value)));
          }
          default -> throw new IllegalArgumentException("unknown option " + option);
        }
      }
    } catch (IllegalArgumentException e) {
      out.println("simulate: " + e.getMessage());
      out.print(HELP);
      return 2;
    }
    return campaign();
  }

  private int enumerate(String[] bound) {
    if (bound.length < 3 || bound.length > 4) {
      throw new IllegalArgumentException("--exhaustive takes operations, functions and crashes");
    }
    String direction = bound.length == 4 ? bound[3] : "two-way";
    List<Scenario> circumstances =
        Exhaustive.circumstances(
            Direction.valueOf(direction.toUpperCase(Locale.ROOT).replace('-', '_')),
            Integer.parseInt(bound[0]),
            Integer.parseInt(bound[1]),
            Integer.parseInt(bound[2]));
    for (Scenario scenario : circumstances) {
      long start = System.nanoTime();
      Exhaustive.Result result = new Exhaustive(scenario).run();
      out.printf(
          "%s, %s and %s, %d operations, %d functions, %d killed: %,d histories through %,d states"
              + " in %,d runs, %.1f s: %s%n",
          direction,
          scenario.left(),
          scenario.right(),
          scenario.operations(),
          scenario.workers(),
          scenario.trouble().crashes(),
          result.histories(),
          result.states(),
          result.runs(),
          (System.nanoTime() - start) / 1e9,
          result.failure().isEmpty() ? "all is well" : "FAILED");
      if (result.failure().isPresent()) {
        show(result.failure().get());
        return 1;
      }
    }
    return 0;
  }

  private int campaign() {
    long start = System.nanoTime();
    List<Campaign.Failure> failures =
        new Campaign(seed, histories, FAILURES_AT_MOST).run(this::progress);
    double seconds = (System.nanoTime() - start) / 1e9;
    out.printf(
        "%,d histories from seed %d in %.1f s (%,.0f a second): %s%n",
        histories,
        seed,
        seconds,
        histories / seconds,
        failures.isEmpty() ? "all is well" : "FAILED");
    for (Campaign.Failure failure : failures) {
      List<Integer> tape = Shrinker.shrink(failure.result().choices());
      out.printf("%nSeed %d, shrunk; show it with --tape %s%n", failure.seed(), format(tape));
      show(Tape.replay(tape));
    }
    return failures.isEmpty() ? 0 : 1;
  }

  private void progress(long done) {
    if (done % PROGRESS_EVERY == 0) {
      out.printf("%,d of %,d%n", done, histories);
    }
  }

  private int show(Tape tape) {
    return show(Simulation.run(tape, true));
  }

  private int show(Simulation.Result result) {
    out.println(result.scenario());
    result.log().stream().limit(LINES_AT_MOST).forEach(line -> out.println("  " + line));
    if (result.log().size() > LINES_AT_MOST) {
      out.printf("  ... and so on for %,d lines%n", result.log().size() - LINES_AT_MOST);
    }
    result.violations().forEach(violation -> out.println("VIOLATED: " + violation));
    return result.violations().isEmpty() ? 0 : 1;
  }

  static List<Integer> parse(String tape) {
    return Arrays.stream(tape.split(",")).map(Integer::parseInt).toList();
  }

  private static String format(List<Integer> tape) {
    return String.join(",", tape.stream().map(String::valueOf).toList());
  }
}
