package dev.twinbucket.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a wrong configuration is told. */
class SettingsProblemsTest {
  private static final Map<String, String> PAIR =
      Map.of("TWINBUCKET_LEFT", "s3://left-bucket", "TWINBUCKET_RIGHT", "gs://right-bucket");

  private final TestingDocuments documents = new TestingDocuments();

  private List<Problem> problems(Map<String, String> environment) {
    SettingsException refusal =
        catchThrowableOfType(SettingsException.class, () -> Settings.read(environment, documents));
    assertThat(refusal).as("a refusal").isNotNull();
    assertThat(refusal.problems()).isNotEmpty();
    refusal.problems().forEach(p -> assertThat(refusal).hasMessageContaining(p.toString()));
    return refusal.problems();
  }

  private Problem problem(Map<String, String> environment) {
    List<Problem> problems = problems(environment);
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }

  private Problem problemOfVariable(String name, String value) {
    Map<String, String> environment = new HashMap<>(PAIR);
    environment.put(name, value);
    Problem problem = problem(environment);
    assertThat(problem.where()).isEqualTo(name);
    return problem;
  }

  private Problem problemOfDocument(String document) {
    return problem(Map.of("TWINBUCKET_CONFIG", document.replace('\'', '"')));
  }

  /** A document of one rule with more fields in it. */
  private static String rule(String fields) {
    return "{'rules': [{'name': 'r', 'left': 's3://left-bucket', 'right': 'gs://right-bucket'"
        + fields
        + "}]}";
  }

  private static String endpoint(String fields) {
    return "{'endpoints': {'e': {"
        + fields
        + "}}, 'state': 'memory:',"
        + " 'rules': [{'name': 'r', 'left': 'e://left', 'right': 'gs://right-bucket'}]}";
  }

  private static String copying(String name, String left, String direction, String right) {
    return "{'name': '%s', 'left': '%s', 'right': '%s', 'direction': '%s'}"
        .formatted(name, left, right, direction);
  }

  private static String rules(String... rules) {
    return "{'state': 'memory:', 'rules': [" + String.join(",", rules) + "]}";
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    String document =
        """
        {"stat": "memory:",
         "endpoints": {"s3": {}, "e": {"type": "azure", "url": "ftp://x", "adressing": "path"}},
         "rules": [
           {"name": "a", "left": "s4://b", "right": "gs://right-bucket", "mode": "dry"},
           {"name": "a", "left": "s3://B", "right": "gs://right-bucket", "inclde": [],
            "rightSettings": {"storageClass": "STANDARD_IA", "cannedAcl": "publicRead"}}
         ]}
        """;

    List<Problem> problems =
        problems(
            Map.of(
                "TWINBUCKET_CONFIG", document,
                "TWINBUCKET_LEFT", "s3://left-bucket",
                "TWINBUCKET_LOG_LEVEL", "verbose",
                "TWINBUCKET_SMALL_OBJECT_BYTES", "8MB",
                "TWINBUCKET_WORK_TOPIC", "work",
                "TWINBUCKET_WORK_QEUE", "x"));

    assertThat(problems)
        .extracting(Problem::where)
        .containsExactly(
            "TWINBUCKET_WORK_QEUE",
            "TWINBUCKET_LEFT",
            "TWINBUCKET_CONFIG#/endpoints/s3",
            "TWINBUCKET_CONFIG#/endpoints/e/type",
            "TWINBUCKET_CONFIG#/endpoints/e/url",
            "TWINBUCKET_CONFIG#/endpoints/e/adressing",
            "TWINBUCKET_CONFIG#/rules/0/left",
            "TWINBUCKET_CONFIG#/rules/0/mode",
            "TWINBUCKET_CONFIG#/rules/1/name",
            "TWINBUCKET_CONFIG#/rules/1/left",
            "TWINBUCKET_CONFIG#/rules/1/rightSettings/storageClass",
            "TWINBUCKET_CONFIG#/rules/1/rightSettings/cannedAcl",
            "TWINBUCKET_CONFIG#/rules/1/inclde",
            "TWINBUCKET_CONFIG#/stat",
            "TWINBUCKET_WORK_TOPIC",
            "TWINBUCKET_SMALL_OBJECT_BYTES",
            "TWINBUCKET_LOG_LEVEL");
  }

  @Test
  void nothingAtAllIsToldWhatIsNeeded() {
    Problem problem = problem(Map.of());

    assertThat(problem.remedy())
        .contains("TWINBUCKET_LEFT", "TWINBUCKET_RIGHT", "TWINBUCKET_CONFIG");
  }

  @ParameterizedTest
  @CsvSource({"TWINBUCKET_LEFT,TWINBUCKET_RIGHT", "TWINBUCKET_RIGHT,TWINBUCKET_LEFT"})
  void halfAPairIsToldWhichHalfIsMissing(String given, String missing) {
    assertThat(problem(Map.of(given, "s3://left-bucket")).where()).isEqualTo(missing);
  }

  @Test
  void aPairBesideADocumentIsRefused() {
    Map<String, String> environment = new HashMap<>(PAIR);
    environment.put("TWINBUCKET_CONFIG", rule("").replace('\'', '"'));
    environment.put("TWINBUCKET_DIRECTION", "two-way");

    assertThat(problems(environment))
        .extracting(Problem::where)
        .containsExactly("TWINBUCKET_LEFT", "TWINBUCKET_RIGHT", "TWINBUCKET_DIRECTION");
  }

  @ParameterizedTest
  @CsvSource({
    "TWINBUCKET_DIRECTON, Did you mean TWINBUCKET_DIRECTION?",
    "TWINBUCKET_DEADLETTER_QUEUE, Did you mean TWINBUCKET_DEAD_LETTER_QUEUE?",
    "TWINBUCKET_SOMETHING_ELSE_ENTIRELY, ''"
  })
  void aVariableThatLooksLikeOursAndIsNotIsASlipOfThePen(String name, String remedy) {
    assertThat(problemOfVariable(name, "value").remedy()).isEqualTo(remedy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"leftToRight", "LEFT-TO-RIGHT", "both", " two-way"})
  void aDirectionIsOneOfThree(String written) {
    assertThat(problemOfVariable("TWINBUCKET_DIRECTION", written).expected())
        .isEqualTo("one of left-to-right, right-to-left, two-way");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "1.5MiB",
        "8 MB",
        "64MiB ",
        "65MiB",
        "67108865",
        "99999999999999999999",
        "0x10",
        "MiB"
      })
  void aSizeIsAWholeNumberWithinItsBounds(String written) {
    assertThat(problemOfVariable("TWINBUCKET_SMALL_OBJECT_BYTES", written).expected())
        .isEqualTo("a number of bytes from 0 to 64MiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1023", "0", "17MiB"})
  void anEventHasBoundsToo(String written) {
    assertThat(problemOfVariable("TWINBUCKET_MAX_EVENT_BYTES", written).expected())
        .isEqualTo("a number of bytes from 1KiB to 16MiB");
  }

  @ParameterizedTest
  @CsvSource({
    "TWINBUCKET_DEAD_LETTER_QUEUE, arn:aws:sqs:eu-central-1:123456789012:dead",
    "TWINBUCKET_WORK_QUEUE, https://sqs.eu-central-1.amazonaws.com",
    "TWINBUCKET_WORK_QUEUE, sqs.eu-central-1.amazonaws.com/1/work",
    "TWINBUCKET_DEAD_LETTER_TOPIC, dead",
    "TWINBUCKET_WORK_TOPIC, projects/p/topics/x",
    "TWINBUCKET_WORK_TOPIC, projects/some-project/subscriptions/work"
  })
  void queuesAndTopicsAreNamedInFull(String variable, String written) {
    assertThat(problemOfVariable(variable, written).found()).contains(written);
  }

  @ParameterizedTest
  @CsvSource({
    "left-bucket, STORE://BUCKET/PREFIX",
    "://left-bucket, STORE://BUCKET/PREFIX",
    "s3:left-bucket, STORE://BUCKET/PREFIX",
    "S3://left-bucket, one of s3 gs",
    "s4://left-bucket, one of s3 gs",
    "https://left-bucket.s3.amazonaws.com, one of s3 gs",
    "s3://, a name that a bucket can have there",
    "s3:///prefix, a name that a bucket can have there",
    "s3://Left-Bucket, a name that a bucket can have there",
    "s3://le, a name that a bucket can have there",
    "s3://left_bucket, a name that a bucket can have there",
    "s3://-left-bucket, a name that a bucket can have there",
    "gs://UPPER, a name that a bucket can have there"
  })
  void aSideIsAStoreABucketAndAPrefix(String written, String expected) {
    assertThat(problemOfVariable("TWINBUCKET_LEFT", written).expected().replace(", ", " "))
        .contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gs://bucket/a\nb/", "gs://bucket/\ud83d", "s3://bucket/\ude00/"})
  void aPrefixIsOneThatKeysCanHave(String written) {
    assertThat(problemOfVariable("TWINBUCKET_LEFT", written).expected()).contains("a prefix");
  }

  @Test
  void aPrefixLeavesRoomForNames() {
    assertThat(problemOfVariable("TWINBUCKET_LEFT", "s3://bucket/" + "p".repeat(1001)).expected())
        .contains("at most 1000 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {".twinbucket/", ".twinbucket/state/"})
  void noSideLiesWithinWhatIsReserved(String prefix) {
    assertThat(problemOfVariable("TWINBUCKET_LEFT", "s3://left-bucket/" + prefix).found())
        .contains(".twinbucket/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dynamodb://",
        "dynamodb://t?region=",
        "dynamodb://table?zone=x",
        "dynamodb://table/x",
        "dynamodb:table",
        "memory",
        "memory:x",
        "redis://table",
        "s3://state-bucket/no-slash",
        "s3://B/"
      })
  void stateIsKeptInATableInObjectsOrInMemory(String written) {
    problemOfVariable("TWINBUCKET_STATE", written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://left-bucket",
        "s3://left-bucket/somewhere/",
        "gs://right-bucket/twinbucket/",
        "gs://right-bucket/.twinbuckets/"
      })
  void stateIsNeverItselfReplicated(String written) {
    assertThat(problemOfVariable("TWINBUCKET_STATE", written).found())
        .contains("the rule pair would replicate");
  }

  @Test
  void theSidesOfAPairHaveNoKeyInCommon() {
    Map<String, String> environment =
        Map.of("TWINBUCKET_LEFT", "s3://bucket/a/", "TWINBUCKET_RIGHT", "s3://bucket/a/b/");

    assertThat(problem(environment).found()).contains("overlap", "s3://bucket/a/b/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not a document",
        "relative/path.json",
        "s3://bucket",
        "s3://bucket/",
        "https://example.org/rules.json",
        "arn:aws:secretsmanager:eu-central-1:12:secret:x",
        "arn:aws:ssm:eu-central-1:123456789012:parameter/x",
        "projects/p/secrets/s"
      })
  void aDocumentIsInlineOrInAKnownPlace(String written) {
    assertThat(problem(Map.of("TWINBUCKET_CONFIG", written)).expected())
        .contains("a JSON object, an absolute path");
  }

  @Test
  void aDocumentThatCannotBeHadIsNamed() {
    Problem problem = problem(Map.of("TWINBUCKET_CONFIG", "/etc/missing.json"));

    assertThat(problem.found()).contains("file:/etc/missing.json", "there is none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'rules': [}                     | a fault in line 1, column 12",
        "{                                | a fault in line 1, column 2",
        "{'rules': [], 'rules': []}       | a fault in line 1, column 15"
      })
  void aDocumentThatIsNotJsonIsToldWhere(String document, String found) {
    assertThat(problemOfDocument(document).found()).isEqualTo(found);
  }

  @Test
  void aFileThatHoldsAnotherKindOfJsonIsRefused() {
    documents.with("file:/etc/rules.json", "[]");

    assertThat(problem(Map.of("TWINBUCKET_CONFIG", "/etc/rules.json")).found())
        .isEqualTo("an array");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}              | TWINBUCKET_CONFIG#/rules   | no rule",
        "{'rules': []}   | TWINBUCKET_CONFIG#/rules   | no rule"
      })
  void aDocumentWithoutRulesIsRefused(String document, String where, String found) {
    Problem problem = problemOfDocument(document);

    assertThat(problem.where()).isEqualTo(where);
    assertThat(problem.found()).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ", 'name2': 'x'                  | /rules/0/name2             | Did you mean name?",
        ", 'excludes': []                | /rules/0/excludes          | Did you mean exclude?",
        ", 'a/b~c': 1                    | /rules/0/a~1b~0c           | ''",
        ", 'leftSettings': {'acl': 'x'}  | /rules/0/leftSettings/acl  | ''"
      })
  void anUnknownFieldIsASlipOfThePen(String fields, String pointer, String remedy) {
    Problem problem = problemOfDocument(rule(fields));

    assertThat(problem.where()).isEqualTo("TWINBUCKET_CONFIG#" + pointer);
    assertThat(problem.remedy()).isEqualTo(remedy == null ? "" : remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ", 'direction': 'both'             | /direction",
        ", 'direction': 2                  | /direction",
        ", 'direction': null               | /direction",
        ", 'include': '**'                 | /include",
        ", 'include': [1]                  | /include/0",
        ", 'include': ['']                 | /include",
        ", 'exclude': ['a\\\\']            | /exclude",
        ", 'deletes': 'never'              | /deletes",
        ", 'lifecycleDeletes': true        | /lifecycleDeletes",
        ", 'foreign': 'delete'             | /foreign",
        ", 'conflict': 'oldest'            | /conflict",
        ", 'updateBeatsDelete': 'yes'      | /updateBeatsDelete",
        ", 'mode': 'dry-run'               | /mode",
        ", 'leftSettings': []              | /leftSettings"
      })
  void everyFieldOfARuleIsChecked(String fields, String pointer) {
    assertThat(problemOfDocument(rule(fields)).where())
        .isEqualTo("TWINBUCKET_CONFIG#/rules/0" + pointer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a b", ".a", "\u00e9"})
  void aRulesNameIsSimple(String name) {
    String document = rule("").replace("'name': 'r'", "'name': '" + name + "'");

    assertThat(problemOfDocument(document).where()).isEqualTo("TWINBUCKET_CONFIG#/rules/0/name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "left  | storageClass   | 'STANDARD-IA' | Did you mean STANDARD_IA?",
        "left  | storageClass   | 'NEARLINE'    | ''",
        "right | storageClass   | 'STANDARD_IA' | Did you mean STANDARD?",
        "right | storageClass   | 'REGIONAL'    | ''",
        "right | storageClass   | 'nearline'    | Did you mean NEARLINE?",
        "right | storageClasses | {'STANDARD': 'GLACIER'} | ''",
        "right | storageClasses | {'NEARLINE': 'NEARLINE'} | ''",
        "left  | storageClasses | {'COLDLINES': 'GLACIER'} | Did you mean COLDLINE?",
        "left  | cannedAcl      | 'publicRead'  | Did you mean public-read?",
        "left  | cannedAcl      | 'project-private' | ''",
        "right | cannedAcl      | 'public-read-write' | ''",
        "right | cannedAcl      | 'bucketOwnerFullControl' | Did you mean bucket-owner-full-control?",
        "left  | kmsKey         | 'alias/mine'  | ''",
        "left  | kmsKey         | 'projects/p/locations/eu/keyRings/r/cryptoKeys/k' | ''",
        "right | kmsKey         | 'arn:aws:kms:eu-central-1:123456789012:key/1234' | ''"
      })
  void whatASideAsksForIsWhatItsStoreHas(String side, String field, String value, String remedy) {
    Problem problem =
        problemOfDocument(rule(", '" + side + "Settings': {'" + field + "': " + value + "}"));

    assertThat(problem.where())
        .startsWith("TWINBUCKET_CONFIG#/rules/0/" + side + "Settings/" + field);
    assertThat(problem.remedy()).isEqualTo(remedy.equals("''") ? "" : remedy);
    assertThat(problem.expected()).isNotEmpty();
  }

  @Test
  void oldStorageClassesOfGcsCanBeMappedThoughNotWritten() {
    String document = rule(", 'leftSettings': {'storageClasses': {'REGIONAL': 'STANDARD_IA'}}");

    assertThat(
            Settings.read(Map.of("TWINBUCKET_CONFIG", document.replace('\'', '"')), documents)
                .rules()
                .rules())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'type': 's3'                                           | /url",
        "'url': 'https://e.example'                             | /type",
        "'type': 'gcs', 'url': 'https://e.example'              | /type",
        "'type': 's3', 'url': 'e.example'                       | /url",
        "'type': 's3', 'url': 'https://e.example/bucket'        | /url",
        "'type': 's3', 'url': 'https://e.example?x'             | /url",
        "'type': 's3', 'url': 'https:///'                       | /url",
        "'type': 's3', 'url': 'mailto:x'                        | /url",
        "'type': 's3', 'url': 'https://e.example', 'region': '' | /region",
        "'type': 's3', 'url': 'https://e.example', 'addressing': 'auto' | /addressing",
        "'type': 's3', 'url': 'https://e.example', 'tags': 1    | /tags",
        "'type': 's3', 'url': 'https://e.example', 'credentials': {} | /credentials",
        "'type': 's3', 'url': 'https://e.example', 'credentials': 'me' | /credentials",
        "'type': 's3', 'url': 'https://e.example',"
            + " 'credentials': {'profile': 'p', 'environment': 'E'} | /credentials",
        "'type': 's3', 'url': 'https://e.example',"
            + " 'credentials': {'profile': ''} | /credentials/profile",
        "'type': 's3', 'url': 'https://e.example',"
            + " 'credentials': {'environment': 'lower'} | /credentials/environment",
        "'type': 's3', 'url': 'https://e.example',"
            + " 'credentials': {'secret': '/etc/keys.json'} | /credentials/secret",
        "'type': 's3', 'url': 'https://e.example',"
            + " 'credentials': {'secret': 'projects/p/secrets/s/versions/1'} | /credentials/secret"
      })
  void everyFieldOfAnEndpointIsChecked(String fields, String pointer) {
    assertThat(problemOfDocument(endpoint(fields)).where())
        .isEqualTo("TWINBUCKET_CONFIG#/endpoints/e" + pointer);
  }

  @Test
  void theVariablesThatAnEndpointNamesMustBeThere() {
    String document =
        endpoint(
            "'type': 's3', 'url': 'https://e.example', 'credentials': {'environment': 'MINIO'}");

    assertThat(problems(Map.of("TWINBUCKET_CONFIG", document.replace('\'', '"'))))
        .extracting(Problem::found)
        .containsExactly("no variable MINIO_ACCESS_KEY_ID", "no variable MINIO_SECRET_ACCESS_KEY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"s3", "gs", "file", "arn", "dynamodb", "Minio", "a_b", "1a", "\u00e9", ""})
  void anEndpointsNameCanBeAScheme(String name) {
    String document =
        "{'endpoints': {'%s': {'type': 's3', 'url': 'https://e.example'}}, 'rules': [%s]}"
            .formatted(name, copying("r", "s3://left-bucket", "two-way", "gs://right-bucket"));

    assertThat(problemOfDocument(document).where())
        .isEqualTo("TWINBUCKET_CONFIG#/endpoints/" + name);
  }

  @Test
  void anEndpointThatNobodyConfiguredCannotBeASide() {
    Problem problem =
        problemOfDocument(rules(copying("r", "minio://b", "two-way", "gs://right-bucket")));

    assertThat(problem.remedy()).contains("\"endpoints\"");
  }

  @Test
  void stateNeedsConditionalWrites() {
    String document =
        endpoint("'type': 's3', 'url': 'https://e.example', 'conditionalWrites': false")
            .replace("'state': 'memory:',", "");

    assertThat(problemOfDocument(document).remedy()).contains("Set TWINBUCKET_STATE");
  }

  @Test
  void twoRulesNeverWriteToOnePlace() {
    Problem problem =
        problemOfDocument(
            rules(
                copying("a", "s3://one1", "left-to-right", "gs://shared/x/"),
                copying("b", "s3://two2", "two-way", "gs://shared/x/y/"),
                copying("c", "s3://six6", "left-to-right", "gs://shared/z/")));

    assertThat(problem.where()).isEqualTo("TWINBUCKET_CONFIG#/rules");
    assertThat(problem.found()).isEqualTo("that the rules a and b both write to gs://shared/x/y/");
  }

  @Test
  void rulesNeverCopyInACircle() {
    Problem problem =
        problemOfDocument(
            rules(
                copying("a", "s3://aaa", "left-to-right", "gs://bbb/p/"),
                copying("b", "s3://ccc/deep/", "right-to-left", "gs://bbb"),
                copying("c", "s3://ccc", "left-to-right", "s3://aaa/q/"),
                copying("d", "s3://aaa", "left-to-right", "gs://ddd")));

    assertThat(problem.found())
        .isEqualTo(
            "that the rules a -> b -> c copy in a circle: what one writes, the next passes on");
  }

  @Test
  void chainsAndFansAreFine() {
    String document =
        rules(
            copying("a", "s3://aaa", "two-way", "gs://bbb"),
            copying("b", "gs://bbb", "left-to-right", "gs://ccc"),
            copying("c", "gs://ccc", "left-to-right", "s3://ddd/x/"),
            copying("d", "gs://ccc", "left-to-right", "s3://ddd/y/"));

    assertThat(
            Settings.read(Map.of("TWINBUCKET_CONFIG", document.replace('\'', '"')), documents)
                .rules()
                .rules())
        .hasSize(4);
  }

  @Test
  void aRuleThatIsOffIsInNobodysWay() {
    String off = copying("a", "s3://aaa", "two-way", "gs://bbb").replace("}", ", 'mode': 'off'}");
    String document = rules(off, copying("b", "s3://aaa", "two-way", "gs://bbb"));

    assertThat(
            Settings.read(Map.of("TWINBUCKET_CONFIG", document.replace('\'', '"')), documents)
                .rules()
                .rules())
        .hasSize(2);
  }

  @Test
  void credentialsForGoogleAreJson() {
    assertThat(problemOfVariable("TWINBUCKET_GOOGLE_CREDENTIALS", "{").expected()).isNotEmpty();
  }

  @Test
  void anAudienceNeedsARole() {
    Problem problem = problemOfVariable("TWINBUCKET_AWS_WEB_IDENTITY_AUDIENCE", "twinbucket");

    assertThat(problem.toString()).contains("AWS_ROLE_ARN");
  }
}
