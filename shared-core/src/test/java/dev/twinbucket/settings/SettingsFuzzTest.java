package dev.twinbucket.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever somebody writes, it is understood or refused; nothing else ever happens. */
class SettingsFuzzTest {
  private static final int ROUNDS = 500;
  private static final String ARN =
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:minio-AbCdEf";
  private static final String DOCUMENT =
      """
      {"state": "s3://state-bucket/x/",
       "endpoints": {"minio": {"type": "s3", "url": "https://m.example:9000", "region": "eu-1",
         "addressing": "virtual", "credentials": {"secret": "%s"}, "conditionalDeletes": false}},
       "rules": [
         {"name": "a", "left": "minio://one/in/", "right": "gs://two/out/",
          "direction": "left-to-right", "include": ["**.jpg", "a?*"], "exclude": ["tmp/**"],
          "deletes": "keep", "lifecycleDeletes": "replicate", "foreign": "keep",
          "rightSettings": {"storageClasses": {"X": "ARCHIVE"}, "cannedAcl": "public-read",
            "kmsKey": "projects/p/locations/eu/keyRings/r/cryptoKeys/k"}},
         {"name": "b", "left": "s3://three", "right": "gs://four4", "mode": "shadow",
          "conflict": "prefer-left", "updateBeatsDelete": false,
          "leftSettings": {"storageClass": "STANDARD_IA",
            "kmsKey": "arn:aws:kms:eu-central-1:123456789012:key/1-2"}}]}
      """
          .formatted(ARN);
  private static final List<String> SNIPPETS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\\ud800",
          "null",
          "true",
          "0",
          "1e999",
          "-",
          "\u0000",
          "\n",
          "/",
          "://",
          "s3://",
          "gs://",
          "*",
          "**",
          "?",
          "~",
          "\ud83d",
          "\ude00",
          "\ud83d\ude00",
          "\"name\":",
          "\"\":",
          "minio",
          "..",
          "%",
          "$",
          "@",
          "#",
          " ");

  private final TestingDocuments documents =
      new TestingDocuments().with(ARN, "{\"accessKeyId\":\"i\",\"secretAccessKey\":\"k\"}");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aDamagedDocument(long seed) {
    Random random = new Random(seed);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String document = damage(DOCUMENT, random);
      refused += isRefused(Map.of("TWINBUCKET_CONFIG", document), seed, round) ? 1 : 0;
    }
    assertThat(refused).as("damage that was noticed").isBetween(ROUNDS / 2, ROUNDS);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void damagedVariables(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, String> environment = new HashMap<>();
      environment.put("TWINBUCKET_LEFT", damage("s3://left-bucket/prefix/", random));
      environment.put("TWINBUCKET_RIGHT", damage("gs://right-bucket/", random));
      environment.put("TWINBUCKET_STATE", damage("dynamodb://table?region=eu-central-1", random));
      environment.put("TWINBUCKET_WORK_QUEUE", damage("https://sqs.example/1/work", random));
      environment.put("TWINBUCKET_SMALL_OBJECT_BYTES", damage("8MiB", random));
      environment.put(damage("TWINBUCKET_LOG_LEVEL", random), damage("info", random));
      isRefused(environment, seed, round);
      isRefused(Map.of("TWINBUCKET_CONFIG", damage("s3://bucket/key", random)), seed, round);
      isRefused(Map.of("TWINBUCKET_CONFIG", damage("file:///etc/rules", random)), seed, round);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7})
  void aDamagedSecret(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS / 5; round++) {
      documents.with(ARN, damage("{\"accessKeyId\":\"i\",\"secretAccessKey\":\"k\"}", random));
      isRefused(Map.of("TWINBUCKET_CONFIG", DOCUMENT), seed, round);
    }
  }

  /** Anything but a refusal passes through, with the seed and the round that made it. */
  private boolean isRefused(Map<String, String> environment, long seed, int round) {
    try {
      assertThat(Settings.read(environment, documents).rules().rules()).isNotEmpty();
      return false;
    } catch (SettingsException refusal) {
      assertThat(refusal.problems())
          .isNotEmpty()
          .allSatisfy(problem -> assertThat(problem.toString()).doesNotContain("\n", "\u0000"));
      return true;
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed + ", round " + round + ": " + environment, e);
    }
  }

  private static String damage(String text, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      int at = random.nextInt(damaged.length() + 1);
      int end = Math.min(damaged.length(), at + random.nextInt(6));
      switch (random.nextInt(4)) {
        case 0 -> damaged.delete(at, end);
        case 1 -> damaged.insert(at, SNIPPETS.get(random.nextInt(SNIPPETS.size())));
        case 2 -> damaged.insert(at, damaged.substring(at, end));
        default -> damaged.replace(at, end, SNIPPETS.get(random.nextInt(SNIPPETS.size())));
      }
    }
    return damaged.toString();
  }
}
