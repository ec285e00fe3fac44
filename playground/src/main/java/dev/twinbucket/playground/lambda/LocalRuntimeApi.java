package dev.twinbucket.playground.lambda;

import dev.twinbucket.local.http.HttpCall;
import dev.twinbucket.local.http.LocalHttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The Lambda Runtime API on loopback: hands events to the runtime that asks for them, and takes its
 * answers. Safe for use by several threads; one runtime at a time asks.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Using the Lambda
 *     runtime API</a>
 */
public final class LocalRuntimeApi implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";
  private static final String INVOCATION = ROOT + "invocation/";
  private static final String FUNCTION_ARN =
      "arn:aws:lambda:us-east-1:000000000000:function:twinbucket-local";

  private final BlockingQueue<Pending> waiting = new LinkedBlockingQueue<>();
  private final Map<String, Pending> running = new ConcurrentHashMap<>();
  private final CompletableFuture<Answer.Failed> broken = new CompletableFuture<>();
  private final Clock clock;
  private final LocalHttpServer server;

  private LocalRuntimeApi(Clock clock) {
    this.clock = clock;
    this.server = LocalHttpServer.start(0, this::handle);
  }

  /** Starts one on a free port. */
  public static LocalRuntimeApi start() {
    return new LocalRuntimeApi(Clock.systemUTC());
  }

  /** Host and port, for {@code AWS_LAMBDA_RUNTIME_API}. */
  public String address() {
    return "127.0.0.1:" + server.port();
  }

  /**
   * Queues one event.
   *
   * @param event the payload
   * @param timeout what the handler may take, counted from the moment at which the runtime fetches
   *     the event; the runtime is told, nobody is interrupted
   * @return the answer, once there is one
   */
  public CompletableFuture<Answer> invoke(byte[] event, Duration timeout) {
    Pending pending = new Pending(UUID.randomUUID().toString(), event, timeout);
    waiting.add(pending);
    return pending.answer.applyToEither(broken, answer -> answer);
  }

  /** Ends every invocation, those to come included, with this failure: the runtime is gone. */
  void breakOff(Answer.Failed failure) {
    broken.complete(failure);
  }

  @Override
  public void close() {
    breakOff(new Answer.Failed("", "The Runtime API was closed."));
    server.close();
  }

  private void handle(HttpCall call) throws IOException {
    String path = call.rawPath();
    if (call.method().equals("GET") && path.equals(INVOCATION + "next")) {
      next(call);
    } else if (call.method().equals("GET") && path.equals(ROOT + "restore/next")) {
      // The runtime has written its snapshot, so to say, and wakes up at once.
      call.respond(200);
    } else if (call.method().equals("POST") && path.startsWith(INVOCATION)) {
      answer(call, path.substring(INVOCATION.length()));
    } else if (call.method().equals("POST")
        && (path.equals(ROOT + "init/error") || path.equals(ROOT + "restore/error"))) {
      breakOff(failed(call));
      accepted(call);
    } else {
      call.respond(404);
    }
  }

  private void next(HttpCall call) throws IOException {
    Pending pending;
    try {
      pending = waiting.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      call.cut();
      return;
    }
    running.put(pending.id, pending);
    call.set("Lambda-Runtime-Aws-Request-Id", pending.id)
        .set(
            "Lambda-Runtime-Deadline-Ms",
            Long.toString(clock.instant().plus(pending.timeout).toEpochMilli()))
        .set("Lambda-Runtime-Invoked-Function-Arn", FUNCTION_ARN)
        .set("Content-Type", "application/json")
        .respond(200, pending.event);
  }

  private void answer(HttpCall call, String idAndKind) throws IOException {
    int slash = idAndKind.indexOf('/');
    Pending pending = slash < 0 ? null : running.remove(idAndKind.substring(0, slash));
    if (pending == null) {
      call.respond(400);
      return;
    }
    Answer answer =
        idAndKind.endsWith("/response") ? new Answer.Returned(text(call)) : failed(call);
    accepted(call);
    pending.answer.complete(answer);
  }

  private static void accepted(HttpCall call) throws IOException {
    call.respond(202, "application/json", "{\"status\":\"OK\"}");
  }

  private static Answer.Failed failed(HttpCall call) throws IOException {
    return new Answer.Failed(
        call.header("Lambda-Runtime-Function-Error-Type").orElse(""), text(call));
  }

  private static String text(HttpCall call) throws IOException {
    return new String(call.body().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static final class Pending {
    private final String id;
    private final byte[] event;
    private final Duration timeout;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    private Pending(String id, byte[] event, Duration timeout) {
      this.id = id;
      this.event = event;
      this.timeout = timeout;
    }
  }
}
