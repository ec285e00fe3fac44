package dev.twinbucket.aws.attach;

import static dev.twinbucket.aws.attach.TestingBucketConfigurations.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketLifecycleConfiguration;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;

class AttachBucketHandlerTest {
  private static final String OURS = "arn:aws:sqs:eu-central-1:123456789012:ours";
  private static final String OTHERS = "arn:aws:sqs:eu-central-1:123456789012:others";

  private final TestingBucketConfigurations bucket = new TestingBucketConfigurations();
  private final S3Client s3 = bucket.client();
  private final HttpClient http = HttpClient.newHttpClient();
  private final AttachBucketHandler handler = new AttachBucketHandler(s3, http);

  @AfterEach
  void close() {
    s3.close();
    http.close();
    bucket.close();
  }

  @Test
  void attachingAddsOneEntryForEverythingAfterWhichAReplicaMayHaveToChange() throws IOException {
    String answer = call(settings("attach", "queue", OURS, "in/"));

    assertThat(answer).isEqualTo("{\"attachment\":\"" + BUCKET + "/twinbucket-test\"}");
    QueueConfiguration entry = notifications().queueConfigurations().getFirst();
    assertThat(entry.id()).isEqualTo("twinbucket-test");
    assertThat(entry.queueArn()).isEqualTo(OURS);
    assertThat(entry.eventsAsStrings()).containsExactlyElementsOf(NotificationMerge.EVENTS);
    assertThat(entry.events()).doesNotContain(Event.UNKNOWN_TO_SDK_VERSION);
    assertThat(entry.filter().key().filterRules().getFirst().value()).isEqualTo("in/");
  }

  @Test
  void theFilterIsSentInTheSpellingOfTheApiAndRecognisedInThatOfTheAnswer() throws IOException {
    call(settings("attach", "queue", OURS, "in/"));

    assertThat(bucket.sent().getFirst()).contains("<Name>prefix</Name>");
    assertThat(bucket.stored("notification")).contains("<Name>Prefix</Name>");
    assertThat(bucket.log()).containsOnlyOnce("PUT notification");
  }

  @Test
  void entriesOfOthersStayAsTheyWereThroughAttachingAndDetaching() throws IOException {
    putForeignConfigurations();
    NotificationConfiguration before = notifications();
    List<LifecycleRule> rulesBefore = rules();

    call(settings("attach", "queue", OURS, ""));
    assertThat(notifications().queueConfigurations()).hasSize(2);
    assertThat(notifications().queueConfigurations().getFirst())
        .isEqualTo(before.queueConfigurations().getFirst());
    assertThat(notifications().topicConfigurations()).isEqualTo(before.topicConfigurations());
    assertThat(notifications().eventBridgeConfiguration()).isNotNull();
    assertThat(rules()).hasSize(2).startsWith(rulesBefore.getFirst());

    call(settings("detach", "queue", OURS, ""));
    assertThat(notifications()).isEqualTo(before);
    assertThat(rules()).isEqualTo(rulesBefore);
  }

  @Test
  void theSettingBesideTheLifecycleRulesIsNotReset() throws IOException {
    putForeignConfigurations();
    bucket.store("smallest transition", "varies_by_storage_class");

    call(settings("attach", "queue", OURS, ""));

    assertThat(bucket.stored("smallest transition")).isEqualTo("varies_by_storage_class");
  }

  @Test
  void attachingTwiceWritesOnce() throws IOException {
    call(settings("attach", "queue", OURS, "in/"));
    String first = bucket.stored("notification");
    bucket.log().clear();

    call(settings("attach", "queue", OURS, "in/"));

    assertThat(bucket.stored("notification")).isEqualTo(first);
    assertThat(bucket.log()).containsExactly("GET notification", "GET lifecycle");
  }

  @Test
  void anEntryThatMovesToAnotherTargetOrPrefixReplacesTheOldOne() throws IOException {
    call(settings("attach", "queue", OURS, "in/"));
    call(settings("attach", "topic", "arn:aws:sns:eu-central-1:123456789012:ours", "out/"));

    assertThat(notifications().queueConfigurations()).isEmpty();
    assertThat(notifications().topicConfigurations()).hasSize(1);
    assertThat(rules()).hasSize(1);
    assertThat(rules().getFirst().filter().prefix()).isEqualTo("out/");
  }

  @Test
  void aFunctionIsATargetToo() throws IOException {
    String alias = "arn:aws:lambda:eu-central-1:123456789012:function:replicator:live";

    call(settings("attach", "function", alias, ""));

    assertThat(notifications().lambdaFunctionConfigurations().getFirst().lambdaFunctionArn())
        .isEqualTo(alias);
  }

  @Test
  void eventBridgeIsSwitchedOnAndLeftOn() throws IOException {
    call(settings("attach", "eventbridge", "", ""));
    assertThat(notifications().eventBridgeConfiguration()).isNotNull();
    assertThat(notifications().queueConfigurations()).isEmpty();

    call(settings("detach", "eventbridge", "", ""));
    assertThat(notifications().eventBridgeConfiguration()).isNotNull();
  }

  @Test
  void theLifecycleConfigurationIsRemovedWithItsLastRule() throws IOException {
    call(settings("attach", "queue", OURS, ""));
    assertThat(rules().getFirst().abortIncompleteMultipartUpload().daysAfterInitiation())
        .isEqualTo(8);

    call(settings("detach", "queue", OURS, ""));
    assertThat(bucket.stored("lifecycle")).isEmpty();
  }

  @Test
  void withoutDaysNoLifecycleRuleIsWritten() throws IOException {
    call(settings("attach", "queue", OURS, "").replace("\"abortUploadsAfterDays\":8,", ""));

    assertThat(bucket.log()).doesNotContain("PUT lifecycle");
  }

  @Test
  void aWriterThatReplacesOurEntryInBetweenIsMergedWithOnceMore() throws IOException {
    bucket.afterPut(
        (self, count) -> {
          if (count == 1) {
            self.store("notification", foreignQueueXml());
          }
        });

    call(settings("attach", "queue", OURS, ""));

    assertThat(notifications().queueConfigurations())
        .extracting(QueueConfiguration::queueArn)
        .containsExactly(OTHERS, OURS);
  }

  @Test
  void aWriterThatNeverStopsIsReported() {
    bucket.afterPut((self, count) -> self.store("notification", foreignQueueXml()));

    assertThatThrownBy(() -> call(settings("attach", "queue", OURS, "")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("keeps replacing the notification configuration of " + BUCKET);
  }

  @Test
  void detachingIsNotKeptFromItByABrokenTargetOfSomebodyElse() throws IOException {
    call(settings("attach", "queue", OURS, ""));
    bucket.log().clear();

    call(settings("detach", "queue", OURS, ""));

    assertThat(bucket.log()).contains("PUT notification unchecked");
  }

  @Test
  void detachingWhatIsNotAttachedOrFromABucketThatIsGoneSucceeds() throws IOException {
    call(settings("detach", "queue", OURS, ""));
    call(settings("detach", "queue", OURS, "").replace(BUCKET, "no-such-bucket"));

    assertThat(bucket.log()).containsExactly("GET notification", "GET lifecycle");
  }

  @Test
  void terraformMovesTheEntryFromTheFormerBucketWhenTheSettingsNameAnother() throws IOException {
    String former = settings("attach", "queue", OURS, "").replace("twinbucket-test", "former-name");
    call(former);

    call(
        "{\"tf\":{\"action\":\"update\",\"prev_input\":"
            + former
            + "},"
            + settings("update", "queue", OURS, "").substring(1));

    assertThat(notifications().queueConfigurations())
        .extracting(QueueConfiguration::id)
        .containsExactly("twinbucket-test");
    assertThat(rules()).extracting(LifecycleRule::id).containsExactly("twinbucket-test");
  }

  @Test
  void terraformsDestroyDetaches() throws IOException {
    call(settings("attach", "queue", OURS, ""));
    call("{\"tf\":{\"action\":\"delete\"}," + settings("attach", "queue", OURS, "").substring(1));

    assertThat(notifications().queueConfigurations()).isEmpty();
  }

  @Test
  void cloudFormationGetsItsAnswerWithAnIdThatNamesBucketAndEntry() throws IOException {
    assertThat(call(cloudFormation("Create", OURS))).isEmpty();

    assertThat(bucket.answers())
        .containsExactly(
            "{\"Status\":\"SUCCESS\",\"PhysicalResourceId\":\""
                + BUCKET
                + "/twinbucket-test\",\"StackId\":\"stack\",\"RequestId\":\"request\","
                + "\"LogicalResourceId\":\"BucketAttachment\"}");
    assertThat(notifications().queueConfigurations()).hasSize(1);
    assertThat(rules().getFirst().abortIncompleteMultipartUpload().daysAfterInitiation())
        .isEqualTo(8);
  }

  @Test
  void cloudFormationsDeleteDetaches() throws IOException {
    call(cloudFormation("Create", OURS));
    call(cloudFormation("Delete", OURS));

    assertThat(notifications().queueConfigurations()).isEmpty();
    assertThat(bucket.answers()).hasSize(2).allMatch(answer -> answer.contains("SUCCESS"));
  }

  @Test
  void cloudFormationIsToldWhatWentWrong() throws IOException {
    call(cloudFormation("Create", "arn:aws:sqs:eu-central-1:123456789012:forbidden"));

    assertThat(bucket.answers().getFirst())
        .contains("\"Status\":\"FAILED\"", "Unable to validate the following destination");
  }

  @Test
  void cloudFormationIsToldOfAMissingSetting() throws IOException {
    call(cloudFormation("Create", OURS).replace("\"Bucket\":", "\"Bukket\":"));

    assertThat(bucket.answers().getFirst())
        .contains("\"Status\":\"FAILED\"", "the setting bucket is missing");
  }

  @Test
  void anAnswerThatIsNotTakenFailsTheInvocationSoThatItIsRetried() {
    bucket.refuseAnswers();

    assertThatThrownBy(() -> call(cloudFormation("Create", OURS)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("403");
  }

  @Test
  void whatIsNoRequestIsRefusedInWords() {
    assertThatThrownBy(() -> call("[]")).hasMessage("the call must be a JSON object");
    assertThatThrownBy(() -> call("{}")).hasMessage("the call names no action");
    assertThatThrownBy(() -> call(settings("seize", "queue", OURS, "")))
        .hasMessageStartingWith("the action must be");
    assertThatThrownBy(() -> call(settings("attach", "pigeon", OURS, "")))
        .hasMessageStartingWith("the target must be");
    assertThatThrownBy(() -> call(settings("attach", "queue", "", "")))
        .hasMessage("the setting targetArn is missing");
    assertThatThrownBy(
            () -> call(settings("attach", "queue", OURS, "").replace("Days\":8", "Days\":0")))
        .hasMessage("uploads are aborted after one day at the earliest");
    assertThat(bucket.log()).isEmpty();
  }

  private static String settings(String action, String target, String arn, String prefix) {
    return "{\"action\":\"%s\",\"bucket\":\"%s\",\"prefix\":\"%s\",\"abortUploadsAfterDays\":8,\"configurationId\":\"twinbucket-test\",\"target\":\"%s\",\"targetArn\":\"%s\"}"
        .formatted(action, BUCKET, prefix, target, arn);
  }

  private String cloudFormation(String type, String arn) {
    return "{\"RequestType\":\"%s\",\"ResponseURL\":\"%s\",\"StackId\":\"stack\",\"RequestId\":\"request\",\"LogicalResourceId\":\"BucketAttachment\",\"ResourceProperties\":{\"ServiceToken\":\"x\",\"Bucket\":\"%s\",\"Prefix\":\"\",\"AbortUploadsAfterDays\":\"8\",\"ConfigurationId\":\"twinbucket-test\",\"Target\":\"queue\",\"TargetArn\":\"%s\"}}"
        .formatted(type, bucket.answerAddress(), BUCKET, arn);
  }

  private String call(String json) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Context none = null;
    handler.handleRequest(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), output, none);
    return output.toString(StandardCharsets.UTF_8);
  }

  private NotificationConfiguration notifications() {
    var response = s3.getBucketNotificationConfiguration(get -> get.bucket(BUCKET));
    return NotificationConfiguration.builder()
        .queueConfigurations(response.queueConfigurations())
        .topicConfigurations(response.topicConfigurations())
        .lambdaFunctionConfigurations(response.lambdaFunctionConfigurations())
        .eventBridgeConfiguration(response.eventBridgeConfiguration())
        .build();
  }

  private List<LifecycleRule> rules() {
    return s3.getBucketLifecycleConfiguration(get -> get.bucket(BUCKET)).rules();
  }

  private void putForeignConfigurations() {
    s3.putBucketNotificationConfiguration(
        put ->
            put.bucket(BUCKET)
                .notificationConfiguration(
                    configuration ->
                        configuration
                            .queueConfigurations(
                                QueueConfiguration.builder()
                                    .id("thumbnails")
                                    .queueArn(OTHERS)
                                    .events(Event.S3_OBJECT_CREATED_PUT)
                                    .build())
                            .topicConfigurations(
                                TopicConfiguration.builder()
                                    .id("audit")
                                    .topicArn("arn:aws:sns:eu-central-1:123456789012:audit")
                                    .events(Event.S3_OBJECT_REMOVED)
                                    .build())
                            .eventBridgeConfiguration(eventBridge -> {})));
    s3.putBucketLifecycleConfiguration(
        put ->
            put.bucket(BUCKET)
                .lifecycleConfiguration(
                    BucketLifecycleConfiguration.builder()
                        .rules(
                            LifecycleRule.builder()
                                .id("old-logs")
                                .status(ExpirationStatus.ENABLED)
                                .filter(filter -> filter.prefix("logs/"))
                                .expiration(expiration -> expiration.days(30))
                                .build())
                        .build()));
  }

  private static String foreignQueueXml() {
    return "<NotificationConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        + "<QueueConfiguration><Id>thumbnails</Id><Queue>"
        + OTHERS
        + "</Queue><Event>s3:ObjectCreated:Put</Event></QueueConfiguration>"
        + "</NotificationConfiguration>";
  }
}
