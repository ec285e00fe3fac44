package dev.twinbucket.gcp;

import dev.twinbucket.intake.DeadLetters;
import dev.twinbucket.outcome.LogFormat;
import dev.twinbucket.settings.Settings;
import dev.twinbucket.wiring.Queues;
import dev.twinbucket.wiring.Surroundings;
import dev.twinbucket.wiring.Twinbucket;
import dev.twinbucket.work.WorkQueue;
import java.util.Map;

/** Twinbucket as it is on Google Cloud. */
final class FunctionWiring {
  private FunctionWiring() {}

  static FunctionIntake start(Map<String, String> environment) {
    return start(environment, Surroundings.ofProcess(LogFormat.GOOGLE));
  }

  static FunctionIntake start(Map<String, String> environment, Surroundings surroundings) {
    Twinbucket twinbucket =
        Twinbucket.start(environment, surroundings, new PubSubQueues(environment));
    return new FunctionIntake(
        twinbucket.reader(),
        twinbucket.intake(),
        twinbucket.operations(),
        twinbucket.settings().functionTimeout(),
        surroundings.clock());
  }

  private record PubSubQueues(Map<String, String> environment) implements Queues {
    @Override
    public DeadLetters deadLetters(Settings settings) {
      return settings
          .deadLetterTopic()
          .<DeadLetters>map(topic -> new PubSubDeadLetters(PubSubTopic.open(topic, environment)))
          .orElseGet(DeadLetters::none);
    }

    @Override
    public WorkQueue workQueue(Settings settings) {
      return settings
          .workTopic()
          .<WorkQueue>map(topic -> new PubSubWorkQueue(PubSubTopic.open(topic, environment)))
          .orElseGet(WorkQueue::none);
    }
  }
}
