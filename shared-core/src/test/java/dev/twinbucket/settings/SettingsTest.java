package dev.twinbucket.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.rule.ConflictPolicy;
import dev.twinbucket.rule.DeleteGuard;
import dev.twinbucket.rule.DeletePolicy;
import dev.twinbucket.rule.Direction;
import dev.twinbucket.rule.ForeignPolicy;
import dev.twinbucket.rule.KeyFilter;
import dev.twinbucket.rule.KeyPattern;
import dev.twinbucket.rule.Mode;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.Side;
import dev.twinbucket.store.Placement;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a right configuration means. */
class SettingsTest {
  private static final Map<String, String> PAIR =
      Map.of("TWINBUCKET_LEFT", "s3://left-bucket/a/b/", "TWINBUCKET_RIGHT", "gs://right_bucket");
  private static final String ONE_RULE =
      """
      {"rules": [{"name": "r", "left": "s3://left-bucket", "right": "gs://right-bucket"}]}
      """;

  private final TestingDocuments documents = new TestingDocuments();

  private Settings read(Map<String, String> environment) {
    return Settings.read(environment, documents);
  }

  private static Map<String, String> pairWith(String name, String value) {
    Map<String, String> environment = new HashMap<>(PAIR);
    environment.put(name, value);
    return environment;
  }

  @Test
  void variablesHaveTheseNames() {
    assertThat(Arrays.stream(Variable.values()).map(Variable::variable))
        .containsExactly(
            "TWINBUCKET_LEFT",
            "TWINBUCKET_RIGHT",
            "TWINBUCKET_DIRECTION",
            "TWINBUCKET_CONFIG",
            "TWINBUCKET_STATE",
            "TWINBUCKET_DEAD_LETTER_QUEUE",
            "TWINBUCKET_DEAD_LETTER_TOPIC",
            "TWINBUCKET_WORK_QUEUE",
            "TWINBUCKET_WORK_TOPIC",
            "TWINBUCKET_GCS_STAGING_BUCKET",
            "TWINBUCKET_SMALL_OBJECT_BYTES",
            "TWINBUCKET_PART_BYTES",
            "TWINBUCKET_PARTS_AT_ONCE",
            "TWINBUCKET_FAN_OUT_BYTES",
            "TWINBUCKET_FAN_OUT_WORKERS",
            "TWINBUCKET_LOG_LEVEL",
            "TWINBUCKET_FUNCTION_TIMEOUT_SECONDS",
            "TWINBUCKET_MAX_EVENT_BYTES",
            "TWINBUCKET_GOOGLE_CREDENTIALS",
            "TWINBUCKET_AWS_WEB_IDENTITY_AUDIENCE");
  }

  @Test
  void everythingButThePairHasADefault() {
    Settings settings = read(PAIR);

    Side left = Side.of(new BucketLocation("s3", "left-bucket"), "a/b/");
    Side right = Side.of(new BucketLocation("gs", "right_bucket"), "");
    assertThat(settings.rules().rules())
        .containsExactly(Rule.of("pair", left, right, Direction.TWO_WAY));
    assertThat(settings.rules().providers()).isEqualTo(Map.of("s3", "s3", "gs", "gs"));
    assertThat(settings.endpoints()).isEmpty();
    assertThat(settings.state())
        .isEqualTo(new StateLocation.Objects(left.bucket(), ".twinbucket/state/"));
    assertThat(settings.deadLetterQueue()).isEmpty();
    assertThat(settings.deadLetterTopic()).isEmpty();
    assertThat(settings.workQueue()).isEmpty();
    assertThat(settings.workTopic()).isEmpty();
    assertThat(settings.smallObjectBytes()).isEqualTo(8 * 1024 * 1024);
    assertThat(settings.logLevel()).isEqualTo(LogLevel.INFO);
    assertThat(settings.maxEventBytes()).isEqualTo(1024 * 1024);
    assertThat(settings.functionTimeout()).hasMinutes(9);
    assertThat(settings.googleCredentials()).isEmpty();
    assertThat(settings.awsWebIdentityAudience()).isEmpty();
  }

  @Test
  void everyVariableIsHeard() {
    Map<String, String> environment = new HashMap<>(PAIR);
    environment.put("TWINBUCKET_DIRECTION", "right-to-left");
    environment.put("TWINBUCKET_STATE", "dynamodb://state-table?region=eu-central-1");
    environment.put(
        "TWINBUCKET_DEAD_LETTER_QUEUE", "https://sqs.eu-central-1.amazonaws.com/1/dead");
    environment.put("TWINBUCKET_DEAD_LETTER_TOPIC", "projects/some-project/topics/dead");
    environment.put("TWINBUCKET_WORK_QUEUE", "http://localhost:9324/000000000000/work");
    environment.put("TWINBUCKET_WORK_TOPIC", "projects/some-project/topics/work");
    environment.put("TWINBUCKET_SMALL_OBJECT_BYTES", "512 KiB");
    environment.put("TWINBUCKET_LOG_LEVEL", "debug");
    environment.put("TWINBUCKET_MAX_EVENT_BYTES", "65536");
    environment.put("TWINBUCKET_FUNCTION_TIMEOUT_SECONDS", "60");
    environment.put("TWINBUCKET_GOOGLE_CREDENTIALS", "{\"type\":\"external_account\"}");
    environment.put("TWINBUCKET_AWS_WEB_IDENTITY_AUDIENCE", "twinbucket");
    environment.put("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/twinbucket");

    Settings settings = read(environment);

    assertThat(settings.rules().rules().getFirst().direction()).isEqualTo(Direction.RIGHT_TO_LEFT);
    assertThat(settings.state())
        .isEqualTo(new StateLocation.Table("state-table", Optional.of("eu-central-1")));
    assertThat(settings.deadLetterQueue())
        .contains("https://sqs.eu-central-1.amazonaws.com/1/dead");
    assertThat(settings.deadLetterTopic()).contains("projects/some-project/topics/dead");
    assertThat(settings.workQueue()).contains("http://localhost:9324/000000000000/work");
    assertThat(settings.workTopic()).contains("projects/some-project/topics/work");
    assertThat(settings.smallObjectBytes()).isEqualTo(512 * 1024);
    assertThat(settings.logLevel()).isEqualTo(LogLevel.DEBUG);
    assertThat(settings.maxEventBytes()).isEqualTo(65536);
    assertThat(settings.functionTimeout()).hasSeconds(60);
    assertThat(settings.googleCredentials()).contains("{\"type\":\"external_account\"}");
    assertThat(settings.awsWebIdentityAudience()).contains("twinbucket");
  }

  @Test
  void anEmptyVariableIsOneThatIsNotSet() {
    Settings settings = read(pairWith("TWINBUCKET_CONFIG", ""));

    assertThat(settings.rules().rules()).hasSize(1);
  }

  @Test
  void variablesOfOthersAreNobodysBusiness() {
    Settings settings = read(pairWith("PATH", "\ud83d"));

    assertThat(settings.rules().rules()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "8388608B, 8388608",
    "1KiB, 1024",
    "64MiB, 67108864",
    "2 MiB, 2097152",
    "007, 7"
  })
  void sizesAreWrittenAsPeopleDo(String written, int bytes) {
    assertThat(read(pairWith("TWINBUCKET_SMALL_OBJECT_BYTES", written)).smallObjectBytes())
        .isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b/",
        "/lead",
        "a//b/",
        "./",
        "%2F?x#y",
        "\u00e9e\u0301\ud83d\ude00",
        "no-slash"
      })
  void aPrefixIsTakenExactlyAsWritten(String prefix) {
    Settings settings = read(pairWith("TWINBUCKET_LEFT", "s3://left-bucket/" + prefix));

    assertThat(settings.rules().rules().getFirst().left().prefix()).isEqualTo(prefix);
  }

  @Test
  void stateCanBeKeptInMemoryForTrials() {
    assertThat(read(pairWith("TWINBUCKET_STATE", "memory:")).state())
        .isEqualTo(new StateLocation.Memory());
  }

  @ParameterizedTest
  @CsvSource({
    "s3://left-bucket/.twinbucket/, s3, left-bucket, .twinbucket/state/",
    "s3://left-bucket/.twinbucket/deep/er/, s3, left-bucket, .twinbucket/deep/er/state/",
    "s3://left-bucket/a/b/.twinbucket/, s3, left-bucket, a/b/.twinbucket/state/",
    "s3://left-bucket/elsewhere/, s3, left-bucket, elsewhere/state/",
    "gs://of-its-own, gs, of-its-own, state/",
    "gs://of-its-own/, gs, of-its-own, state/",
    "gs://of-its-own/team/, gs, of-its-own, team/state/"
  })
  void rowsLieInTheStatePartOfThePlaceThatIsNamed(
      String written, String store, String bucket, String prefix) {
    assertThat(read(pairWith("TWINBUCKET_STATE", written)).state())
        .isEqualTo(new StateLocation.Objects(new BucketLocation(store, bucket), prefix));
  }

  @Test
  void aTableIsInTheSdksOwnRegionUnlessSomebodySaysOtherwise() {
    assertThat(read(pairWith("TWINBUCKET_STATE", "dynamodb://state_table")).state())
        .isEqualTo(new StateLocation.Table("state_table", Optional.empty()));
  }

  @Test
  void aDocumentSaysEverythingThatThereIsToSay() {
    String document =
        """
        {
          "state": "dynamodb://from-the-document",
          "endpoints": {
            "minio": {
              "type": "s3", "url": "https://minio.example:9000", "region": "eu-1",
              "addressing": "virtual", "credentials": {"environment": "MINIO"},
              "conditionalWrites": true, "conditionalDeletes": false, "storesCrc32c": false,
              "tags": false, "tagCount": false, "copyInPlace": false
            }
          },
          "rules": [{
            "name": "photos", "left": "minio://Photos_2026/in/", "right": "gs://photos/out/",
            "direction": "left-to-right",
            "include": ["**.jpg", "**.png"], "exclude": ["tmp/**"],
            "deletes": "keep", "lifecycleDeletes": "replicate", "foreign": "keep",
            "conflict": "prefer-right", "updateBeatsDelete": false, "mode": "shadow",
            "leftSettings": {"storageClass": "COLD-1", "kmsKey": "my-key"},
            "rightSettings": {
              "storageClass": "STANDARD",
              "storageClasses": {"STANDARD_IA": "NEARLINE", "anything": "ARCHIVE"},
              "cannedAcl": "public-read",
              "kmsKey": "projects/p/locations/eu/keyRings/r/cryptoKeys/k"
            }
          }]
        }
        """;
    Map<String, String> environment =
        Map.of(
            "TWINBUCKET_CONFIG", document,
            "MINIO_ACCESS_KEY_ID", "the-id",
            "MINIO_SECRET_ACCESS_KEY", "the-key");

    Settings settings = read(environment);

    Side left =
        new Side(
            new BucketLocation("minio", "Photos_2026"),
            "in/",
            new Placement("COLD-1", "", "my-key"),
            Map.of());
    Side right =
        new Side(
            new BucketLocation("gs", "photos"),
            "out/",
            new Placement(
                "STANDARD", "public-read", "projects/p/locations/eu/keyRings/r/cryptoKeys/k"),
            Map.of("STANDARD_IA", "NEARLINE", "anything", "ARCHIVE"));
    KeyFilter filter =
        new KeyFilter(
            List.of(KeyPattern.of("**.jpg"), KeyPattern.of("**.png")),
            List.of(KeyPattern.of("tmp/**")));
    assertThat(settings.rules().rules())
        .containsExactly(
            new Rule(
                "photos",
                left,
                right,
                Direction.LEFT_TO_RIGHT,
                filter,
                DeletePolicy.KEEP,
                DeletePolicy.REPLICATE,
                ForeignPolicy.KEEP,
                ConflictPolicy.PREFER_RIGHT,
                false,
                DeleteGuard.DEFAULT,
                Mode.SHADOW));
    assertThat(settings.rules().providers()).containsEntry("minio", "s3");
    assertThat(settings.endpoints())
        .containsExactly(
            Map.entry(
                "minio",
                new Endpoint(
                    URI.create("https://minio.example:9000"),
                    "eu-1",
                    Endpoint.Addressing.VIRTUAL,
                    new EndpointCredentials.Keys("the-id", "the-key", Optional.empty()),
                    true,
                    false,
                    false,
                    false,
                    false,
                    false)));
    assertThat(settings.state())
        .isEqualTo(new StateLocation.Table("from-the-document", Optional.empty()));
  }

  @Test
  void aRuleOfTheDocumentHasTheSameDefaultsAsAPair() {
    Settings settings = read(Map.of("TWINBUCKET_CONFIG", ONE_RULE));

    Side left = Side.of(new BucketLocation("s3", "left-bucket"), "");
    Side right = Side.of(new BucketLocation("gs", "right-bucket"), "");
    assertThat(settings.rules().rules())
        .containsExactly(Rule.of("r", left, right, Direction.TWO_WAY));
  }

  @Test
  void whatALifecycleDeletesIsTreatedLikeOtherDeletesUnlessSomebodySaysOtherwise() {
    String document = ONE_RULE.replace("\"name\"", "\"deletes\": \"keep\", \"name\"");

    Rule rule = read(Map.of("TWINBUCKET_CONFIG", document)).rules().rules().getFirst();

    assertThat(rule.lifecycleDeletes()).isEqualTo(DeletePolicy.KEEP);
  }

  @Test
  void anEndpointHasDefaultsToo() {
    String document =
        """
        {"endpoints": {"local": {"type": "s3", "url": "http://localhost:9000/"}},
         "rules": [{"name": "r", "left": "local://left", "right": "gs://right-bucket"}]}
        """;

    assertThat(read(Map.of("TWINBUCKET_CONFIG", document)).endpoints().get("local"))
        .isEqualTo(
            new Endpoint(
                URI.create("http://localhost:9000/"),
                "us-east-1",
                Endpoint.Addressing.PATH,
                new EndpointCredentials.Standard(),
                true,
                true,
                true,
                true,
                true,
                true));
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/twinbucket/rules.json, file:/etc/twinbucket/rules.json",
    "file:/etc/rules.json, file:/etc/rules.json",
    "file:///etc/rules.json, file:/etc/rules.json",
    "s3://settings/twinbucket/rules.json, s3://settings/twinbucket/rules.json",
    "gs://settings/rules.json, gs://settings/rules.json",
    "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rules-AbCdEf,"
        + " arn:aws:secretsmanager:eu-central-1:123456789012:secret:rules-AbCdEf",
    "projects/p/secrets/rules/versions/latest, projects/p/secrets/rules/versions/latest"
  })
  void theDocumentCanBeElsewhere(String written, String location) {
    documents.with(location, ONE_RULE);

    assertThat(read(Map.of("TWINBUCKET_CONFIG", written)).rules().rules())
        .extracting(Rule::name)
        .containsExactly("r");
  }

  @Test
  void theVariableOfTheStateGoesBeforeTheDocument() {
    String document = ONE_RULE.replace("{\"rules\"", "{\"state\": \"memory:\", \"rules\"");

    assertThat(read(Map.of("TWINBUCKET_CONFIG", document)).state())
        .isEqualTo(new StateLocation.Memory());
    assertThat(
            read(Map.of("TWINBUCKET_CONFIG", document, "TWINBUCKET_STATE", "dynamodb://table"))
                .state())
        .isEqualTo(new StateLocation.Table("table", Optional.empty()));
  }

  @Test
  void keysOfAnEndpointCanBeInASecretOrInAProfile() {
    String secret = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:minio-AbCdEf";
    documents.with(
        secret,
        """
        {"accessKeyId": "i", "secretAccessKey": "k", "sessionToken": "t", "note": "not ours"}
        """);
    String document =
        """
        {"endpoints": {
           "one": {"type": "s3", "url": "https://one.example", "credentials": {"secret": "%s"}},
           "two": {"type": "s3", "url": "https://two.example", "credentials": {"profile": "p"}}},
         "rules": [{"name": "r", "left": "one://left", "right": "two://right"}]}
        """
            .formatted(secret);

    Map<String, Endpoint> endpoints = read(Map.of("TWINBUCKET_CONFIG", document)).endpoints();

    assertThat(endpoints.get("one").credentials())
        .isInstanceOfSatisfying(
            EndpointCredentials.Secret.class,
            read ->
                assertThat(read.now())
                    .isEqualTo(new EndpointCredentials.Keys("i", "k", Optional.of("t"))));
    assertThat(endpoints.get("two").credentials()).isEqualTo(new EndpointCredentials.Profile("p"));
  }
}
