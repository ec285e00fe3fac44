package dev.twinbucket.aws;

import dev.twinbucket.intake.DeadLetters;
import dev.twinbucket.outcome.LogFormat;
import dev.twinbucket.settings.Settings;
import dev.twinbucket.wiring.Queues;
import dev.twinbucket.wiring.Surroundings;
import dev.twinbucket.wiring.Twinbucket;
import dev.twinbucket.work.WorkQueue;
import java.util.Map;

/** Twinbucket as it is on AWS. */
final class LambdaWiring {
  private LambdaWiring() {}

  static Twinbucket start(Map<String, String> environment, Surroundings surroundings) {
    return Twinbucket.start(environment, surroundings, new SqsQueues());
  }

  static Surroundings surroundings() {
    return Surroundings.ofProcess(LogFormat.CLOUDWATCH);
  }

  private static final class SqsQueues implements Queues {
    @Override
    public DeadLetters deadLetters(Settings settings) {
      return settings
          .deadLetterQueue()
          .<DeadLetters>map(url -> new SqsDeadLetters(SqsQueue.open(url)))
          .orElseGet(DeadLetters::none);
    }

    @Override
    public WorkQueue workQueue(Settings settings) {
      return settings
          .workQueue()
          .<WorkQueue>map(url -> new SqsWorkQueue(SqsQueue.open(url)))
          .orElseGet(WorkQueue::none);
    }
  }
}
