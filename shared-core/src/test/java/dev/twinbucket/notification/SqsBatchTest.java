package dev.twinbucket.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.json.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqsBatchTest {
  @Test
  void aBatchOpensIntoMessagesThatCanBeAnsweredOneByOne() {
    List<SqsMessage> messages =
        SqsBatch.open(parse(Samples.in(Samples.AWS).get("sqs-mixed-poison.json"))).orElseThrow();

    assertThat(messages)
        .extracting(SqsMessage::messageId)
        .doesNotHaveDuplicates()
        .hasSize(4)
        .first()
        .isEqualTo("19dd0b57-b21e-4ac1-bd88-01bbb068cb00");
    assertThat(messages).extracting(SqsMessage::receiveCount).containsExactly(1, 2, 3, 4);
    assertThat(messages)
        .extracting(SqsMessage::queueArn)
        .containsOnly("arn:aws:sqs:eu-central-1:111122223333:twinbucket");
    assertThat(messages.get(2).body()).isEqualTo("this is not JSON");
    assertThat(messages.get(2).receiptHandle()).isEqualTo("AQEBexampleReceiptHandle2==");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"s3-put.json", "sns-s3.json", "eventbridge-created.json", "s3-test-event.json"})
  void anythingElseIsNoBatch(String file) {
    assertThat(SqsBatch.open(parse(Samples.in(Samples.AWS).get(file)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"Records\":[]}",
        "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"body\":\"b\"}]}",
        "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"messageId\":\"1\"}]}",
        "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"messageId\":\"1\",\"body\":\"b\"},{}]}",
      })
  void aBatchThatCouldNotBeAnsweredIsNone(String payload) {
    assertThat(SqsBatch.open(Json.parse(payload, Limits.EVENT))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"0\"", "\"-3\"", "\"many\"", "\"99999999999\"", "{}"})
  void anOddReceiveCountCountsAsOne(String count) {
    String payload =
        "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"messageId\":\"1\",\"body\":\"b\","
            + "\"attributes\":{\"ApproximateReceiveCount\":"
            + count
            + "}}]}";

    assertThat(SqsBatch.open(Json.parse(payload, Limits.EVENT)).orElseThrow())
        .containsExactly(new SqsMessage("1", "", "b", "", 1));
  }

  private static JsonValue parse(byte[] payload) {
    return Json.parse(payload, Limits.EVENT);
  }
}
