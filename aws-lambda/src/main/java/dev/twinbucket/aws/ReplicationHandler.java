package dev.twinbucket.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.twinbucket.intake.Allotment;
import dev.twinbucket.intake.Delivery;
import dev.twinbucket.intake.Handled;
import dev.twinbucket.intake.NotDoneException;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonException;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.json.Limits;
import dev.twinbucket.notification.NotificationReader;
import dev.twinbucket.notification.Reading;
import dev.twinbucket.notification.SqsBatch;
import dev.twinbucket.notification.SqsMessage;
import dev.twinbucket.operation.OperationAnswer;
import dev.twinbucket.wiring.Surroundings;
import dev.twinbucket.wiring.Twinbucket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.crac.Core;

/**
 * The Lambda handler. A batch from SQS is answered message by message, an operator's operation with
 * its own answer; any other payload (S3, SNS, EventBridge, an operator's hint) with a summary, or
 * with one exception if any of it has to come back, so that Lambda's own retries bring it back.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Partial
 *     batch responses</a>
 */
public final class ReplicationHandler implements RequestStreamHandler {
  /** Lambda carries 6 MB at most, and whatever it adds to the messages of a batch. */
  private static final Limits PAYLOAD = new Limits(8 << 20, 64);

  /** Held here because the runtime's context holds it weakly. */
  private final Priming priming = new Priming(this::wakeUp);

  private final Supplier<Twinbucket> opening;
  private final Clock clock;
  private volatile Twinbucket twinbucket;

  /**
   * Reads the environment, once.
   *
   * @throws RuntimeException if the configuration is wrong; its message names every error
   */
  public ReplicationHandler() {
    this(System.getenv(), LambdaWiring.surroundings());
    Core.getGlobalContext().register(priming);
  }

  ReplicationHandler(Map<String, String> environment, Surroundings surroundings) {
    this(() -> LambdaWiring.start(environment, surroundings), surroundings.clock());
  }

  /**
   * A handler.
   *
   * @param opening opens what it works with, now and after a snapshot woke up
   */
  ReplicationHandler(Supplier<Twinbucket> opening, Clock clock) {
    this.opening = opening;
    this.clock = clock;
    this.twinbucket = opening.get();
  }

  /**
   * What was fetched before a snapshot was taken, rules or keys, may be of another week: it is
   * fetched again. All else is the same for ever, and is kept since opening it takes time.
   */
  void wakeUp() {
    Twinbucket asleep = twinbucket;
    if (asleep.isFetched()) {
      twinbucket = opening.get();
      asleep.close();
    }
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Allotment allotment =
        Allotment.of(Duration.ofMillis(context.getRemainingTimeInMillis()), clock);
    output.write(answer(input.readAllBytes(), allotment));
  }

  byte[] answer(byte[] payload, Allotment allotment) {
    JsonValue json;
    try {
      json = Json.parse(payload, PAYLOAD);
    } catch (JsonException e) {
      return summary(payload, List.of(new Reading.Unreadable("JSON", e.getMessage())), allotment);
    }
    Optional<List<SqsMessage>> batch = SqsBatch.open(json);
    if (batch.isPresent()) {
      return batchResponse(batch.get(), allotment);
    }
    // Only whoever may invoke the function can send this: what a queue brings is never read so.
    Optional<OperationAnswer> operation = twinbucket.operations().answer(json, allotment.work());
    return operation.isPresent()
        ? Json.writeBytes(operation.get().body())
        : summary(payload, twinbucket.reader().read(json), allotment);
  }

  private byte[] batchResponse(List<SqsMessage> messages, Allotment allotment) {
    NotificationReader reader = twinbucket.reader();
    List<Delivery> deliveries =
        messages.stream()
            .map(
                message ->
                    new Delivery(message.messageId(), message.body(), reader.read(message.body())))
            .toList();
    return BatchResponse.of(messages, twinbucket.intake().take(deliveries, allotment));
  }

  private byte[] summary(byte[] payload, List<Reading> readings, Allotment allotment) {
    Delivery delivery = new Delivery("", new String(payload, StandardCharsets.UTF_8), readings);
    Handled handled = twinbucket.intake().take(List.of(delivery), allotment).getFirst();
    if (!handled.isDone()) {
      throw new NotDoneException(handled);
    }
    return Json.writeBytes(handled.toJson());
  }
}
