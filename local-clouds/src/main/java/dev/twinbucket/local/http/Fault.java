package dev.twinbucket.local.http;

import java.time.Duration;
import java.util.Map;

/** What can go wrong with one call, for tests of crashes and bad networks. */
public sealed interface Fault {
  /**
   * The request body is read and dropped, the handler is not called, this answer is sent.
   *
   * @param status the HTTP status
   * @param headers response headers to set
   * @param body the response body, as UTF-8
   */
  record Answer(int status, Map<String, String> headers, String body) implements Fault {}

  /**
   * The connection is closed when the handler has read this many bytes of the request body. The
   * handler sees an {@code IOException} and nothing is answered.
   */
  record CutRequest(long afterBytes) implements Fault {}

  /**
   * The handler runs, the answer's head promises the whole body, and the connection is closed after
   * this many bytes of it.
   */
  record CutResponse(long afterBytes) implements Fault {}

  /** The handler runs to its end, and the connection is closed in place of the answer. */
  record LoseAnswer() implements Fault {}

  /** The answer's body, and its Content-Length with it, ends cleanly after this many bytes. */
  record ShortenResponse(long bytes) implements Fault {}

  /** One bit of the request body is flipped before the handler sees it. */
  record DamageRequest(long atByte) implements Fault {}

  /** One bit of the response body is flipped. */
  record DamageResponse(long atByte) implements Fault {}

  /** The call goes on as usual after this pause. */
  record Delay(Duration pause) implements Fault {}

  /**
   * The action runs before the handler, which then goes on as usual. With a latch it holds a call
   * back; with a write it changes an object under a reader.
   */
  record Before(Runnable action) implements Fault {}

  /** The action runs after the handler has made its answer and before the first byte is sent. */
  record BeforeAnswer(Runnable action) implements Fault {}

  /** An answer with a status and an empty body. */
  static Fault status(int status) {
    return new Answer(status, Map.of(), "");
  }
}
