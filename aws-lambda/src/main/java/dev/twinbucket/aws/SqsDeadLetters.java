package dev.twinbucket.aws;

import dev.twinbucket.intake.DeadLetter;
import dev.twinbucket.intake.DeadLetterException;
import dev.twinbucket.intake.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * Dead letters on a queue. The reason is in the message's attributes; a body that SQS cannot carry
 * as text is in base64, which the attribute {@code encoding} then says.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SendMessage</a>
 */
final class SqsDeadLetters implements DeadLetters {
  private static final Duration LONGEST_PUT = Duration.ofSeconds(20);

  private final SqsClient sqs;
  private final String queueUrl;

  /** Owns the client from now on. */
  SqsDeadLetters(SqsClient sqs, String queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  /** With endpoint, region and credentials from the SDK's standard sources. */
  static SqsDeadLetters open(String queueUrl) {
    return new SqsDeadLetters(
        SqsClient.builder()
            .httpClientBuilder(Apache5HttpClient.builder())
            .overrideConfiguration(overrides -> overrides.apiCallTimeout(LONGEST_PUT))
            .build(),
        queueUrl);
  }

  @Override
  public void put(DeadLetter letter) {
    Map<String, MessageAttributeValue> attributes = new HashMap<>();
    letter.attributes().forEach((name, text) -> attributes.put(name, attribute(text)));
    String body = letter.body();
    if (!isText(body)) {
      body = Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8));
      attributes.put("encoding", attribute("base64"));
    }
    String text = body;
    try {
      sqs.sendMessage(
          send -> send.queueUrl(queueUrl).messageBody(text).messageAttributes(attributes));
    } catch (SdkException e) {
      throw new DeadLetterException("SQS did not take the dead letter: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    sqs.close();
  }

  private static MessageAttributeValue attribute(String text) {
    return MessageAttributeValue.builder().dataType("String").stringValue(text).build();
  }

  /** Whether SQS takes it: not empty, and nothing in it but the characters of XML 1.0. */
  private static boolean isText(String body) {
    return !body.isEmpty()
        && body.codePoints()
            .allMatch(
                c ->
                    c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || (c >= 0x20 && c <= 0xD7FF)
                        || (c >= 0xE000 && c <= 0xFFFD)
                        || c >= 0x10000);
  }
}
