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

/**
 * Dead letters on a queue. The reason is in the message's attributes; a body that SQS cannot carry
 * as text is in base64, which the attribute {@code encoding} then says.
 */
final class SqsDeadLetters implements DeadLetters {
  private final SqsQueue queue;

  /** Owns the queue from now on. */
  SqsDeadLetters(SqsQueue queue) {
    this.queue = queue;
  }

  @Override
  public void put(DeadLetter letter) {
    Map<String, String> attributes = new HashMap<>(letter.attributes());
    String body = letter.body();
    if (!isText(body)) {
      body = Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8));
      attributes.put("encoding", "base64");
    }
    try {
      queue.send(body, attributes, Duration.ZERO);
    } catch (SdkException e) {
      throw new DeadLetterException("SQS did not take the dead letter: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    queue.close();
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
