package dev.twinbucket.aws;

import dev.twinbucket.intake.DeadLetters;
import dev.twinbucket.outcome.LogFormat;
import dev.twinbucket.settings.Settings;
import dev.twinbucket.wiring.Surroundings;
import dev.twinbucket.wiring.Twinbucket;
import java.util.Map;

/** Twinbucket as it is on AWS. */
final class LambdaWiring {
  private LambdaWiring() {}

  static Twinbucket start(Map<String, String> environment, Surroundings surroundings) {
    return Twinbucket.start(environment, surroundings, LambdaWiring::deadLetters);
  }

  static Surroundings surroundings() {
    return Surroundings.ofProcess(LogFormat.CLOUDWATCH);
  }

  private static DeadLetters deadLetters(Settings settings) {
    return settings
        .deadLetterQueue()
        .<DeadLetters>map(SqsDeadLetters::open)
        .orElseGet(DeadLetters::none);
  }
}
