package dev.twinbucket.gcp;

import dev.twinbucket.intake.DeadLetter;
import dev.twinbucket.intake.DeadLetterException;
import dev.twinbucket.intake.DeadLetters;
import java.io.IOException;

/** Dead letters on a Pub/Sub topic. The reason is in the message's attributes. */
final class PubSubDeadLetters implements DeadLetters {
  private final PubSubTopic topic;

  /** Owns the topic from now on. */
  PubSubDeadLetters(PubSubTopic topic) {
    this.topic = topic;
  }

  @Override
  public void put(DeadLetter letter) {
    try {
      topic.publish(letter.body(), letter.attributes());
    } catch (IOException e) {
      throw new DeadLetterException("Pub/Sub did not take the dead letter: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    topic.close();
  }
}
