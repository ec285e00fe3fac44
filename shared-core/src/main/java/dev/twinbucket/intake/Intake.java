package dev.twinbucket.intake;

import dev.twinbucket.Replicator;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.notification.Reading;
import dev.twinbucket.outcome.FailureReason;
import dev.twinbucket.outcome.Outcome;
import dev.twinbucket.outcome.OutcomeLine;
import dev.twinbucket.outcome.OutcomeLog;
import dev.twinbucket.outcome.QuarantineReason;
import dev.twinbucket.outcome.Report;
import dev.twinbucket.replication.Invocation;
import dev.twinbucket.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Does the work of messages: every hint goes to the replicator, every outcome to the log, and what
 * is quarantined to the dead letters before it counts as used up. Stateless itself; any number of
 * threads share one instance.
 */
public final class Intake {
  /** Hints at work at once in one call: as many as the stores' clients keep connections for. */
  private static final int AT_ONCE = 32;

  private final Replicator replicator;
  private final OutcomeLog log;
  private final DeadLetters deadLetters;

  /**
   * An intake.
   *
   * @param replicator does what a hint calls for
   * @param log takes every outcome
   * @param deadLetters takes what is quarantined
   */
  public Intake(Replicator replicator, OutcomeLog log, DeadLetters deadLetters) {
    this.replicator = replicator;
    this.log = log;
    this.deadLetters = deadLetters;
  }

  /**
   * Works on messages, all at once within bounds. Whatever happens to one leaves the others as they
   * are.
   *
   * @param deliveries the messages
   * @param allotment the time there is
   * @return how each ended, in the order of the messages
   */
  public List<Handled> take(List<Delivery> deliveries, Allotment allotment) {
    KeyTurns turns = new KeyTurns(AT_ONCE);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<List<Future<List<Ending>>>> running = new ArrayList<>();
      for (Delivery delivery : deliveries) {
        List<Future<List<Ending>>> parts = new ArrayList<>();
        Invocation invocation = new Invocation(allotment.work(), delivery.id(), delivery.since());
        for (int i = 0; i < delivery.readings().size(); i++) {
          int index = i;
          parts.add(threads.submit(() -> part(delivery, index, invocation, turns)));
        }
        running.add(parts);
      }
      List<Handled> handled = new ArrayList<>();
      for (int i = 0; i < deliveries.size(); i++) {
        handled.add(collect(deliveries.get(i), running.get(i), allotment.answer()));
      }
      return handled;
    } finally {
      // Does not wait: what is still at work is reported as not done.
      threads.shutdownNow();
    }
  }

  private Handled collect(Delivery delivery, List<Future<List<Ending>>> parts, Deadline answerBy) {
    List<Ending> endings = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Reading reading = delivery.readings().get(i);
      try {
        endings.addAll(parts.get(i).get(answerBy.remaining().toNanos(), TimeUnit.NANOSECONDS));
      } catch (TimeoutException e) {
        endings.add(failed(reading, FailureReason.OUT_OF_TIME, "it was still at work"));
      } catch (ExecutionException e) {
        endings.add(failed(reading, FailureReason.UNEXPECTED, e.getCause().toString()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        endings.add(failed(reading, FailureReason.OUT_OF_TIME, "it was interrupted"));
      }
    }
    return new Handled(endings);
  }

  private List<Ending> part(Delivery delivery, int index, Invocation invocation, KeyTurns turns)
      throws InterruptedException {
    Reading reading = delivery.readings().get(index);
    return switch (reading) {
      case Reading.Hint(ObjectEvent event) ->
          turns.take(
              event,
              invocation.deadline(),
              () -> hint(event, delivery, index, invocation),
              () ->
                  List.of(
                      failed(reading, FailureReason.OUT_OF_TIME, "there was no time to begin")));
      case Reading.Ignored(String reason) ->
          List.of(end(OutcomeLine.ofNotification(new Outcome.Superseded(reason)), delivery, index));
      case Reading.Unreadable unreadable ->
          List.of(
              end(
                  OutcomeLine.ofNotification(
                      new Outcome.Quarantined(
                          QuarantineReason.UNREADABLE_NOTIFICATION, unreadable.toString())),
                  delivery,
                  index));
    };
  }

  private List<Ending> hint(
      ObjectEvent event, Delivery delivery, int index, Invocation invocation) {
    List<Ending> endings = new ArrayList<>();
    for (Report report : replicator.replicate(event, invocation)) {
      endings.add(end(OutcomeLine.of(report), delivery, index));
    }
    return endings;
  }

  private Ending end(OutcomeLine line, Delivery delivery, int index) {
    log.write(line);
    if (!(line.outcome() instanceof Outcome.Quarantined)) {
      return Ending.of(line);
    }
    DeadLetter letter =
        new DeadLetter(
            PoisonRecord.of(delivery, index),
            line.reason().orElseThrow(),
            line.detail(),
            line.rule(),
            line.source());
    try {
      deadLetters.put(letter);
      return Ending.of(line);
    } catch (DeadLetterException e) {
      log.deadLetterFailed(line, e.getMessage());
      return Ending.unkept(line, e.getMessage());
    }
  }

  private Ending failed(Reading reading, FailureReason reason, String detail) {
    Outcome outcome = new Outcome.Failed(reason, detail);
    OutcomeLine line =
        reading instanceof Reading.Hint(ObjectEvent event)
            ? OutcomeLine.of(new Report("", event, outcome, Duration.ZERO, Optional.empty()))
            : OutcomeLine.ofNotification(outcome);
    log.write(line);
    return Ending.of(line);
  }
}
