package dev.twinbucket.local.pubsub;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** Posts messages until they are accepted, each on a virtual thread of its own. */
final class PushLoop implements AutoCloseable {

  private static final Logger LOG = System.getLogger(PushLoop.class.getName());

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong attempts = new AtomicLong();

  /**
   * One message to be delivered.
   *
   * @param request makes the request of the attempt with this number, from 1
   * @param maxAttempts after which it is given up; empty for never
   * @param wanted whether somebody still waits for it
   * @param done told at the end whether it was accepted; not called if nobody waited any more
   */
  record Job(
      IntFunction<HttpRequest> request,
      RetryPolicy retry,
      OptionalInt maxAttempts,
      BooleanSupplier wanted,
      Done done) {}

  /** Told of the end of a job. */
  @FunctionalInterface
  interface Done {
    void end(boolean accepted, int attempts);
  }

  void submit(Job job) {
    threads.execute(() -> run(job));
  }

  /** Requests made so far, accepted or not. */
  long attempts() {
    return attempts.get();
  }

  private void run(Job job) {
    try {
      for (int attempt = 1; job.wanted().getAsBoolean(); attempt++) {
        if (accepted(job.request().apply(attempt))) {
          job.done().end(true, attempt);
          return;
        }
        if (job.maxAttempts().isPresent() && attempt >= job.maxAttempts().getAsInt()) {
          job.done().end(false, attempt);
          return;
        }
        Thread.sleep(job.retry().after(attempt));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean accepted(HttpRequest request) throws InterruptedException {
    attempts.incrementAndGet();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status >= 200 && status < 300;
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "A push delivery broke off", e);
      return false;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.shutdownNow();
  }
}
