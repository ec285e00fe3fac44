package dev.twinbucket.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.twinbucket.local.s3.LocalS3;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** The official client verifies the MD5 fields of every answer by itself. */
class LocalSqsTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T00:00:00Z"));
  private final LocalSqs server = LocalSqs.start(0, (InstantSource) now::get, "us-east-1");
  private final SqsClient client =
      SqsClient.builder()
          .endpointOverride(URI.create(server.endpoint()))
          .region(Region.US_EAST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIALOCAL", "secret")))
          .build();
  private final String url = client.createQueue(c -> c.queueName("q")).queueUrl();

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void aMessageIsHiddenWhileSomebodyWorksOnItAndGoneWhenDeleted() {
    client.sendMessage(s -> s.queueUrl(url).messageBody("{\"a\":\"\u00E9\"}"));
    Message first = receive().getFirst();
    assertThat(first.body()).isEqualTo("{\"a\":\"\u00E9\"}");
    assertThat(receive()).isEmpty();
    assertThat(server.depth("q")).isEqualTo(new QueueDepth(0, 1, 0));
    pass(Duration.ofSeconds(30));
    Message again = receive().getFirst();
    assertThat(again.messageId()).isEqualTo(first.messageId());
    assertThat(again.attributes())
        .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
    client.deleteMessage(d -> d.queueUrl(url).receiptHandle(first.receiptHandle()));
    assertThat(server.depth("q").total()).isEqualTo(1);
    client.deleteMessage(d -> d.queueUrl(url).receiptHandle(again.receiptHandle()));
    assertThat(server.depth("q").total()).isZero();
  }

  @Test
  void visibilityCanBeChangedWhileTheMessageIsInFlight() {
    client.sendMessage(s -> s.queueUrl(url).messageBody("m"));
    Message message = receive().getFirst();
    client.changeMessageVisibility(
        c -> c.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
    Message again = receive().getFirst();
    client.changeMessageVisibilityBatch(
        c ->
            c.queueUrl(url)
                .entries(
                    ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id("a")
                        .receiptHandle(again.receiptHandle())
                        .visibilityTimeout(100)
                        .build()));
    pass(Duration.ofSeconds(99));
    assertThat(receive()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(receive()).hasSize(1);
    assertThatExceptionOfType(ReceiptHandleIsInvalidException.class)
        .isThrownBy(() -> client.deleteMessage(d -> d.queueUrl(url).receiptHandle("guess")));
  }

  @Test
  void aDelayedMessageBecomesVisibleWhenItsTimeHasCome() {
    client.sendMessage(s -> s.queueUrl(url).messageBody("later").delaySeconds(60));
    assertThat(receive()).isEmpty();
    assertThat(server.depth("q")).isEqualTo(new QueueDepth(0, 0, 1));
    pass(Duration.ofSeconds(60));
    assertThat(receive()).hasSize(1);
  }

  @Test
  void aMessageThatIsReceivedTooOftenGoesToTheDeadLetterQueue() {
    String poisoned = server.createQueueWithDeadLetters("p", 2, Map.of("VisibilityTimeout", "10"));
    client.sendMessage(s -> s.queueUrl(poisoned).messageBody("poison"));
    for (int i = 0; i < 2; i++) {
      assertThat(client.receiveMessage(r -> r.queueUrl(poisoned)).messages()).hasSize(1);
      pass(Duration.ofSeconds(10));
    }
    assertThat(client.receiveMessage(r -> r.queueUrl(poisoned)).messages()).isEmpty();
    assertThat(server.bodies("p-dlq")).containsExactly("poison");
    assertThat(server.bodies("p")).isEmpty();
    assertThat(
            client
                .getQueueAttributes(
                    g -> g.queueUrl(poisoned).attributeNames(QueueAttributeName.ALL))
                .attributes())
        .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "10")
        .containsEntry(QueueAttributeName.QUEUE_ARN, server.arn("p"))
        .containsKey(QueueAttributeName.REDRIVE_POLICY);
  }

  @Test
  void aLongPollReturnsAsSoonAsAMessageArrives() {
    CompletableFuture<List<Message>> waiting =
        CompletableFuture.supplyAsync(
            () -> client.receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(20)).messages());
    client.sendMessage(s -> s.queueUrl(url).messageBody("m"));
    assertThat(waiting.orTimeout(15, TimeUnit.SECONDS).join()).hasSize(1);
  }

  @Test
  void attributesTravelWithTheirDigests() {
    Map<String, MessageAttributeValue> attributes =
        Map.of(
            "text",
            MessageAttributeValue.builder().dataType("String").stringValue("\u00E4").build(),
            "number",
            MessageAttributeValue.builder().dataType("Number.int").stringValue("7").build(),
            "binary",
            MessageAttributeValue.builder()
                .dataType("Binary")
                .binaryValue(SdkBytes.fromByteArray(new byte[] {0, -1}))
                .build());
    SendMessageResponse sent =
        client.sendMessage(s -> s.queueUrl(url).messageBody("m").messageAttributes(attributes));
    Message got =
        client
            .receiveMessage(r -> r.queueUrl(url).messageAttributeNames("All"))
            .messages()
            .getFirst();
    assertThat(got.messageAttributes()).isEqualTo(attributes);
    assertThat(got.md5OfMessageAttributes()).isEqualTo(sent.md5OfMessageAttributes());
  }

  @Test
  void batchesReportEachEntryByItself() {
    List<BatchResultErrorEntry> failed =
        client
            .sendMessageBatch(
                b ->
                    b.queueUrl(url)
                        .entries(
                            SendMessageBatchRequestEntry.builder().id("a").messageBody("1").build(),
                            SendMessageBatchRequestEntry.builder()
                                .id("b")
                                .messageBody("\u0007")
                                .build(),
                            SendMessageBatchRequestEntry.builder()
                                .id("c")
                                .messageBody("3")
                                .build()))
            .failed();
    assertThat(failed).extracting(BatchResultErrorEntry::id).containsExactly("b");
    List<Message> got = receive();
    assertThat(got).extracting(Message::body).containsExactly("1", "3");
    client.deleteMessageBatch(
        d ->
            d.queueUrl(url)
                .entries(
                    got.stream()
                        .map(
                            m ->
                                DeleteMessageBatchRequestEntry.builder()
                                    .id(m.messageId())
                                    .receiptHandle(m.receiptHandle())
                                    .build())
                        .toList()));
    assertThat(server.bodies("q")).isEmpty();
    assertThatExceptionOfType(SqsException.class)
        .isThrownBy(() -> client.sendMessageBatch(b -> b.queueUrl(url).entries(List.of())))
        .satisfies(
            e ->
                assertThat(e.awsErrorDetails().errorCode())
                    .isEqualTo("AWS.SimpleQueueService.EmptyBatchRequest"));
  }

  @Test
  void queuesAreFoundListedPurgedAndDeleted() {
    assertThat(client.getQueueUrl(g -> g.queueName("q")).queueUrl()).isEqualTo(url);
    assertThat(client.listQueues().queueUrls()).containsExactly(url);
    client.sendMessage(s -> s.queueUrl(url).messageBody("m"));
    client.purgeQueue(p -> p.queueUrl(url));
    assertThat(server.depth("q").total()).isZero();
    client.setQueueAttributes(
        s -> s.queueUrl(url).attributes(Map.of(QueueAttributeName.DELAY_SECONDS, "5")));
    client.sendMessage(s -> s.queueUrl(url).messageBody("m"));
    assertThat(receive()).isEmpty();
    client.deleteQueue(d -> d.queueUrl(url));
    assertThatExceptionOfType(QueueDoesNotExistException.class)
        .isThrownBy(() -> client.getQueueUrl(g -> g.queueName("q")));
  }

  @Test
  void aBucketNotifiesAQueueThatIsConnected() {
    try (LocalS3 s3 = LocalS3.builder().bucket("bucket").start()) {
      s3.connectQueues(server);
      s3.notifyQueue("bucket", server.arn("q"));
      s3.put("bucket", "k", new byte[] {1});
      assertThat(server.bodies("q"))
          .satisfiesExactly(
              test -> assertThat(test).contains("s3:TestEvent"),
              event -> assertThat(event).contains("\"ObjectCreated:Put\""));
    }
  }

  private List<Message> receive() {
    return client
        .receiveMessage(
            r ->
                r.queueUrl(url)
                    .maxNumberOfMessages(10)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  private void pass(Duration time) {
    now.updateAndGet(t -> t.plus(time));
  }
}
