package dev.twinbucket.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The handler reads and writes JSON itself; the vendor's own types say whether it does so right.
 */
class VendorTypesTest {
  @Test
  void aBatchInTheVendorsTypesIsAnsweredInTheVendorsTypes() throws IOException {
    SQSEvent.SQSMessage poison = message("a", "poison");
    SQSEvent.SQSMessage test =
        message("b", "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"left\"}");
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(poison, test));
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    LambdaEventSerializers.serializerFor(SQSEvent.class, getClass().getClassLoader())
        .toJson(event, payload);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();

    try (LocalClouds clouds = new LocalClouds()) {
      var environment = clouds.environment();
      environment.remove("TWINBUCKET_DEAD_LETTER_QUEUE");
      clouds
          .handler(environment)
          .handleRequest(
              new ByteArrayInputStream(payload.toByteArray()), answer, Invoked.WITH_TIME);
    }

    SQSBatchResponse response =
        LambdaEventSerializers.serializerFor(SQSBatchResponse.class, getClass().getClassLoader())
            .fromJson(new ByteArrayInputStream(answer.toByteArray()));
    assertThat(response.getBatchItemFailures())
        .extracting(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
        .containsExactly("a");
  }

  private static SQSEvent.SQSMessage message(String id, String body) {
    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
    message.setMessageId(id);
    message.setBody(body);
    message.setEventSource("aws:sqs");
    return message;
  }
}
