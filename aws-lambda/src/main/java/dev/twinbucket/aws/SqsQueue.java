package dev.twinbucket.aws;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * One queue to send to.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SendMessage</a>
 */
final class SqsQueue implements AutoCloseable {
  private static final Duration LONGEST_SEND = Duration.ofSeconds(20);

  private final SqsClient sqs;
  private final String url;

  /** Owns the client from now on. */
  private SqsQueue(SqsClient sqs, String url) {
    this.sqs = sqs;
    this.url = url;
  }

  /** With endpoint, region and credentials from the SDK's standard sources. */
  static SqsQueue open(String url) {
    return new SqsQueue(
        SqsClient.builder()
            .httpClientBuilder(Apache5HttpClient.builder())
            .overrideConfiguration(overrides -> overrides.apiCallTimeout(LONGEST_SEND))
            .build(),
        url);
  }

  /**
   * Sends a message.
   *
   * @param body characters of XML 1.0, one at least
   * @param delay for how long it stays hidden, at most 15 minutes, rounded up to whole seconds
   * @throws software.amazon.awssdk.core.exception.SdkException if it is not known to be there
   */
  void send(String body, Map<String, String> attributes, Duration delay) {
    Map<String, MessageAttributeValue> typed = new HashMap<>();
    attributes.forEach((name, text) -> typed.put(name, attribute(text)));
    int seconds = Math.toIntExact(delay.plusNanos(999_999_999).toSeconds());
    sqs.sendMessage(
        send ->
            send.queueUrl(url)
                .messageBody(body)
                .messageAttributes(typed)
                .delaySeconds(seconds == 0 ? null : seconds));
  }

  @Override
  public void close() {
    sqs.close();
  }

  private static MessageAttributeValue attribute(String text) {
    return MessageAttributeValue.builder().dataType("String").stringValue(text).build();
  }
}
