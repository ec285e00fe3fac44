package dev.twinbucket.local.pubsub;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Posts events to a function and tries again until it answers with a status of the 200s. A message
 * counts as outstanding from the call of {@link #accept} on.
 *
 * @see <a href="https://cloud.google.com/eventarc/docs/retry-events">Eventarc: retry events</a>
 */
public final class EventarcTrigger implements Consumer<CloudEvent>, AutoCloseable {

  private static final String NAME = "trigger";
  private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(10);

  private final URI target;
  private final Set<String> types;
  private final RetryPolicy retry;
  private final PushLoop loop = new PushLoop();
  private final Outstanding outstanding = new Outstanding();
  private final AtomicBoolean open = new AtomicBoolean(true);

  /**
   * @param target the function's URL
   * @param types event types to pass on; a real trigger has one. None for all
   */
  public EventarcTrigger(URI target, Set<String> types, RetryPolicy retry) {
    this.target = target;
    this.types = Set.copyOf(types);
    this.retry = retry;
  }

  @Override
  public void accept(CloudEvent event) {
    if (!types.isEmpty() && !types.contains(event.type())) {
      return;
    }
    outstanding.add(NAME);
    loop.submit(
        new PushLoop.Job(
            attempt -> post(target, event, REQUEST_TIMEOUT),
            retry,
            OptionalInt.empty(),
            open::get,
            (accepted, attempts) -> outstanding.remove(NAME)));
  }

  static HttpRequest post(URI target, CloudEvent event, Duration timeout) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target).timeout(timeout).POST(BodyPublishers.ofString(event.data()));
    event.headers().forEach(request::setHeader);
    return request.build();
  }

  /** Events that the function has not accepted yet. */
  public int outstanding() {
    return outstanding.of(NAME);
  }

  /** Requests made so far, accepted or not. */
  public long attempts() {
    return loop.attempts();
  }

  /**
   * Waits until nothing is outstanding.
   *
   * @return false if that took longer than the timeout
   */
  public boolean awaitQuiet(Duration timeout) throws InterruptedException {
    return outstanding.awaitNone(Set.of(NAME), timeout);
  }

  /** Gives up what is outstanding. */
  @Override
  public void close() {
    open.set(false);
    loop.close();
  }
}
