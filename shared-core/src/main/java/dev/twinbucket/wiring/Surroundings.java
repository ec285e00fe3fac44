package dev.twinbucket.wiring;

import dev.twinbucket.outcome.LogFormat;
import dev.twinbucket.time.Pause;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a process gives to Twinbucket.
 *
 * @param clock the time
 * @param pause how time passes
 * @param randoms a source of randomness for each piece of work; what it yields must differ between
 *     all processes, since claims on keys carry it as their owner's name
 * @param format for whom outcome lines are
 * @param lines takes each outcome line, without a line break, from several threads
 */
public record Surroundings(
    Clock clock,
    Pause pause,
    Supplier<RandomGenerator> randoms,
    LogFormat format,
    Consumer<String> lines) {

  /**
   * The system's own clock, and lines on the standard output.
   *
   * <p>The randomness is the operating system's, mixed with what the JDK has read ahead of it less
   * than a tenth of a second ago: processes that are restored from one snapshot do not share it.
   */
  public static Surroundings ofProcess(LogFormat format) {
    // One call a line: lines of several threads must not run into one another.
    return ofProcess(format, line -> System.out.print(line + "\n"));
  }

  /** The same with lines that go elsewhere. */
  public static Surroundings ofProcess(LogFormat format, Consumer<String> lines) {
    SecureRandom random = new SecureRandom();
    return new Surroundings(Clock.systemUTC(), Thread::sleep, () -> random, format, lines);
  }
}
