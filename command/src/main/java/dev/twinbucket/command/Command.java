package dev.twinbucket.command;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.operation.OperationAnswer;
import dev.twinbucket.outcome.LogFormat;
import dev.twinbucket.settings.SettingsException;
import dev.twinbucket.settings.StateLocation;
import dev.twinbucket.time.Deadline;
import dev.twinbucket.wiring.Queues;
import dev.twinbucket.wiring.Surroundings;
import dev.twinbucket.wiring.Twinbucket;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The command line. */
public final class Command {
  private static final String HELP =
      """
      Usage: twinbucket explain STORE://BUCKET/KEY      what is known of a key, what would be done about it now, and why
             twinbucket status [RULE]                   switches, held deletes and counts of a rule, or of all
             twinbucket off RULE [DIRECTION]            writes nothing more that way; what is held back is not lost
             twinbucket on RULE [DIRECTION]             goes on
             twinbucket release RULE [--minutes N] [--count N]
                                                        lets held deletes go: for N minutes (60 if nothing is said), at most
                                                        so many
             twinbucket discard RULE                    drops the deletes whose notifications are from before now
             twinbucket reconcile RULE [--from NEXT]    looks at every name that either side lists, and brings in step what a lost
                                                        notification left undone; tells of its progress on the way
             twinbucket sweep RULE [--hours N]          aborts uploads of its large objects that are older than N hours (a week
                                                        if nothing is said, a day at least)

      DIRECTION is left-to-right or right-to-left; both without it. A key is plain, as in the bucket, not URL-encoded.

        --json   the answer as one JSON object
        --help   this text

      Rules, state, endpoints and credentials come from the same variables as the functions'
      (docs/configuration.md); TWINBUCKET_STATE has to be theirs.

      Status: 0 done, 1 a store or the state could not be asked, or not every name is in step (ask again), 2 wrong call or
      configuration.
      """;
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG = 2;

  /** Nobody cuts this process off, and a bucket can take days. */
  private static final Duration AT_MOST = Duration.ofDays(365);

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  Command(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /** Runs the command and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(new Command(System.getenv(), System.out, System.err).run(List.of(arguments)));
  }

  int run(List<String> typed) {
    if (typed.contains("--help") || typed.contains("-h")) {
      out.print(HELP);
      return DONE;
    }
    try {
      Arguments arguments = Arguments.parse(typed);
      // The answer is all that the standard output is for.
      Surroundings surroundings =
          Surroundings.ofProcess(LogFormat.PLAIN, line -> err.print(line + "\n"));
      try (Twinbucket twinbucket = Twinbucket.start(environment, surroundings, Queues.none())) {
        return run(arguments, twinbucket, surroundings.clock());
      }
    } catch (Arguments.WrongCallException e) {
      err.println("twinbucket: " + e.getMessage() + " (--help tells more)");
      return WRONG;
    } catch (SettingsException e) {
      err.println("twinbucket: " + e.getMessage());
      return WRONG;
    }
  }

  private int run(Arguments arguments, Twinbucket twinbucket, Clock clock) {
    if (twinbucket.settings().state() instanceof StateLocation.Memory) {
      throw new Arguments.WrongCallException(
          "the state is in a function's memory, where nobody else sees it");
    }
    JsonObject request = arguments.request(twinbucket.settings().rules().providers());
    OperationAnswer answer =
        twinbucket.operations().answer(request, Deadline.in(AT_MOST, clock)).orElseThrow();
    boolean done = answer.ending() == OperationAnswer.Ending.DONE;
    if (arguments.json()) {
      out.println(Json.write(answer.body()));
    } else {
      (done ? out : err).print(Prose.of(answer.body()));
    }
    return switch (answer.ending()) {
      case DONE -> answer.body().bool("complete").orElse(true) ? DONE : FAILED;
      case REFUSED -> WRONG;
      case FAILED -> FAILED;
    };
  }
}
