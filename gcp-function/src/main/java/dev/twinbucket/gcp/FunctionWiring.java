package dev.twinbucket.gcp;

import dev.twinbucket.intake.DeadLetters;
import dev.twinbucket.outcome.LogFormat;
import dev.twinbucket.settings.Settings;
import dev.twinbucket.wiring.Surroundings;
import dev.twinbucket.wiring.Twinbucket;
import java.util.Map;

/** Twinbucket as it is on Google Cloud. */
final class FunctionWiring {
  private FunctionWiring() {}

  static FunctionIntake start(Map<String, String> environment) {
    return start(environment, Surroundings.ofProcess(LogFormat.GOOGLE));
  }

  static FunctionIntake start(Map<String, String> environment, Surroundings surroundings) {
    Twinbucket twinbucket =
        Twinbucket.start(environment, surroundings, settings -> deadLetters(settings, environment));
    return new FunctionIntake(
        twinbucket.reader(),
        twinbucket.intake(),
        twinbucket.settings().functionTimeout(),
        surroundings.clock());
  }

  private static DeadLetters deadLetters(Settings settings, Map<String, String> environment) {
    return settings
        .deadLetterTopic()
        .<DeadLetters>map(topic -> PubSubDeadLetters.open(topic, environment))
        .orElseGet(DeadLetters::none);
  }
}
