package dev.twinbucket.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.intake.Allotment;
import dev.twinbucket.local.http.HttpCall;
import dev.twinbucket.local.http.LocalHttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a snapshot that wakes up a week later must not believe any more. */
class AwakeningTest {
  private static final String SECRET =
      "arn:aws:secretsmanager:us-east-1:123456789012:secret:rules-AbCdEf";

  private String prefix = "old/";
  private int reads;

  private void answer(HttpCall call) throws IOException {
    reads++;
    call.body().readAllBytes();
    String rules =
        """
        {"rules": [{"name": "r", "left": "s3://left/%s", "right": "gs://right/%s", "direction": "left-to-right"}]}
        """
            .formatted(prefix, prefix)
            .strip()
            .replace("\"", "\\\"");
    call.respond(200, "application/json", "{\"SecretString\":\"" + rules + "\"}");
  }

  private static String look(ReplicationHandler handler, String key) {
    String hint =
        "{\"twinbucket\":\"look\",\"provider\":\"s3\",\"bucket\":\"left\",\"key\":\"%s\"}"
            .formatted(key);
    byte[] answer =
        handler.answer(
            hint.getBytes(StandardCharsets.UTF_8),
            Allotment.of(Duration.ofSeconds(30), Clock.systemUTC()));
    return new String(answer, StandardCharsets.UTF_8);
  }

  @Test
  void rulesFromASecretAreReadAgain() {
    try (LocalClouds clouds = new LocalClouds();
        LocalHttpServer secrets = LocalHttpServer.start(0, this::answer)) {
      Map<String, String> environment = new HashMap<>();
      environment.put("TWINBUCKET_CONFIG", SECRET);
      environment.put("TWINBUCKET_STATE", "memory:");
      environment.put("STORAGE_EMULATOR_HOST", clouds.gcs.endpoint());
      environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint());
      ReplicationHandler handler = new ReplicationHandler(environment, clouds.surroundings());
      assertThat(look(handler, "new/object")).contains("no rule is about this place");
      prefix = "new/";

      handler.wakeUp();

      assertThat(look(handler, "new/object")).contains("in-sync");
      assertThat(look(handler, "old/object")).contains("no rule is about this place");
      assertThat(reads).isEqualTo(2);
    }
  }

  @Test
  void whatTheEnvironmentItselfSaysIsKept() {
    try (LocalClouds clouds = new LocalClouds()) {
      ReplicationHandler handler =
          new ReplicationHandler(clouds.environment(), clouds.surroundings());

      handler.wakeUp();

      assertThat(look(handler, "object")).contains("in-sync");
    }
  }
}
