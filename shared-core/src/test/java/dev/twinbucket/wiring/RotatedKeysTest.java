package dev.twinbucket.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.intake.Allotment;
import dev.twinbucket.intake.DeadLetters;
import dev.twinbucket.intake.Delivery;
import dev.twinbucket.intake.Handled;
import dev.twinbucket.local.http.HttpCall;
import dev.twinbucket.local.http.LocalHttpServer;
import dev.twinbucket.outcome.LogFormat;
import dev.twinbucket.settings.Settings;
import dev.twinbucket.time.TestingClock;
import dev.twinbucket.work.WorkQueue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys of an S3-compatible endpoint, which a secret manager holds and somebody rotates. */
class RotatedKeysTest {
  private static final String SECRET =
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:endpoint-AbCdEf";

  private final TestingClock clock = new TestingClock(Instant.now());
  private final List<String> shown = new CopyOnWriteArrayList<>();
  private int reads;
  private String accepted = "KEY1";
  private String inSecret = "KEY1";
  private boolean isSecretGone;
  private final LocalHttpServer secrets = LocalHttpServer.start(0, this::answerSecrets);
  private final LocalHttpServer endpoint = LocalHttpServer.start(0, this::answerObjects);

  private void answerSecrets(HttpCall call) throws IOException {
    reads++;
    call.body().readAllBytes();
    if (isSecretGone) {
      call.respond(400, "application/json", "{\"__type\":\"ResourceNotFoundException\"}");
      return;
    }
    String keys =
        "{\\\"accessKeyId\\\":\\\"%s\\\",\\\"secretAccessKey\\\":\\\"s\\\"}".formatted(inSecret);
    call.respond(200, "application/json", "{\"SecretString\":\"" + keys + "\"}");
  }

  /** An endpoint with two buckets and no object in them. */
  private void answerObjects(HttpCall call) throws IOException {
    String authorization = call.header("Authorization").orElse("");
    shown.add(authorization.replaceAll(".*Credential=([^/]*)/.*", "$1"));
    boolean known = authorization.contains("Credential=" + accepted + "/");
    int found = call.rawPath().contains("object") ? 404 : 200;
    call.respond(known ? found : 403, "application/xml", "");
  }

  @BeforeEach
  void identity() {
    System.setProperty("aws.region", "eu-central-1");
    System.setProperty("aws.accessKeyId", "own");
    System.setProperty("aws.secretAccessKey", "own");
  }

  @AfterEach
  void stop() {
    List.of("aws.region", "aws.accessKeyId", "aws.secretAccessKey").forEach(System::clearProperty);
    secrets.close();
    endpoint.close();
  }

  private Twinbucket open() {
    String document =
        """
        {"endpoints": {"minio": {"type": "s3", "url": "%s", "credentials": {"secret": "%s"}}},
         "state": "memory:",
         "rules": [{"name": "r", "left": "minio://one", "right": "minio://two", "direction": "left-to-right"}]}
        """
            .formatted(endpoint.endpoint(), SECRET);
    Surroundings surroundings =
        new Surroundings(clock, _ -> {}, () -> new Random(1), LogFormat.CLOUDWATCH, _ -> {});
    return Twinbucket.start(
        Map.of(
            "TWINBUCKET_CONFIG", document, "AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint()),
        surroundings,
        new Queues() {
          @Override
          public DeadLetters deadLetters(Settings settings) {
            return DeadLetters.none();
          }

          @Override
          public WorkQueue workQueue(Settings settings) {
            return WorkQueue.none();
          }
        });
  }

  private Handled look(Twinbucket twinbucket) {
    String hint =
        "{\"twinbucket\":\"look\",\"provider\":\"s3\",\"bucket\":\"one\",\"key\":\"object\"}";
    return twinbucket
        .intake()
        .take(
            List.of(
                new Delivery(
                    "", hint, twinbucket.reader().read(hint.getBytes(StandardCharsets.UTF_8)))),
            Allotment.of(Duration.ofMinutes(1), clock))
        .getFirst();
  }

  @Test
  void keysThatWereReplacedAndRevokedAreReadAgainWithinTheSameCall() {
    try (Twinbucket twinbucket = open()) {
      assertThat(look(twinbucket)).matches(Handled::isDone);
      assertThat(reads).as("the keys that came with the settings serve first").isEqualTo(1);
      clock.advance(Duration.ofMinutes(2));
      inSecret = "KEY2";
      accepted = "KEY2";
      shown.clear();

      assertThat(look(twinbucket)).matches(Handled::isDone);
      assertThat(shown).startsWith("KEY1", "KEY2").filteredOn("KEY1"::equals).hasSize(1);
      assertThat(reads).isEqualTo(2);
    }
  }

  @Test
  void keysThatWereReplacedAreUsedAfterAWhileThoughTheOldOnesStillWork() {
    try (Twinbucket twinbucket = open()) {
      look(twinbucket);
      inSecret = "KEY2";
      clock.advance(Duration.ofMinutes(15));
      accepted = "KEY2";
      shown.clear();

      assertThat(look(twinbucket)).matches(Handled::isDone);
      assertThat(shown).containsOnly("KEY2");
    }
  }

  @Test
  void revokedKeysLeaveTheHintInItsQueueUntilThereAreOthers() {
    try (Twinbucket twinbucket = open()) {
      look(twinbucket);
      clock.advance(Duration.ofMinutes(2));
      accepted = "KEY2";

      assertThat(look(twinbucket).isDone()).isFalse();
      isSecretGone = true;
      clock.advance(Duration.ofMinutes(2));
      assertThat(look(twinbucket).isDone()).isFalse();
      isSecretGone = false;
      inSecret = "KEY2";
      clock.advance(Duration.ofMinutes(2));
      assertThat(look(twinbucket)).matches(Handled::isDone);
    }
  }

  @Test
  void whoHasFetchedKeysSaysSo() {
    try (Twinbucket twinbucket = open()) {
      assertThat(twinbucket.isFetched()).isTrue();
    }
  }
}
