package dev.twinbucket.local.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request and its answer. Used by the one thread that handles the call; exactly one of the
 * {@code respond} methods is called, once.
 */
public final class HttpCall {
  private final HttpExchange exchange;
  private final RequestLine line;
  private final Optional<Fault> fault;
  private final InputStream body;
  private boolean committed;

  HttpCall(HttpExchange exchange, RequestLine line, Optional<Fault> fault) {
    this.exchange = exchange;
    this.line = line;
    this.fault = fault;
    this.body =
        switch (fault.orElse(null)) {
          case Fault.CutRequest cut -> new FaultyRequestBody(in(exchange), cut, exchange::close);
          case Fault.DamageRequest damage -> new FaultyRequestBody(in(exchange), damage, () -> {});
          case null, default -> in(exchange);
        };
  }

  private static InputStream in(HttpExchange exchange) {
    InputStream in = exchange.getRequestBody();
    return in == null ? new ByteArrayInputStream(new byte[0]) : new Unclosed(in);
  }

  /** Method, raw target and host. */
  public RequestLine line() {
    return line;
  }

  /** The HTTP method, in upper case. */
  public String method() {
    return line.method();
  }

  /** The path as it was sent: nothing decoded, nothing normalised. */
  public String rawPath() {
    return line.rawPath();
  }

  /** The query as it was sent, without the question mark; empty when there is none. */
  public String rawQuery() {
    return line.rawQuery();
  }

  /**
   * The decoded query.
   *
   * @throws IllegalArgumentException if an escape is malformed or the bytes are not UTF-8
   */
  public QueryParameters query() {
    return QueryParameters.parse(rawQuery());
  }

  /** The first value of a header; the name's case does not matter. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).map(String::strip);
  }

  /** All values of a header, in order; empty when it was not sent. */
  public List<String> headers(String name) {
    List<String> values = exchange.getRequestHeaders().get(name);
    return values == null ? List.of() : List.copyOf(values);
  }

  /** All headers under lower-cased names; several values of one name are joined by a comma. */
  public Map<String, String> headers() {
    Map<String, String> all = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> all.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    return all;
  }

  /** The request body without the transfer coding of HTTP; empty when there is none. */
  public InputStream body() {
    return body;
  }

  /** Sets a response header. The value must not hold line breaks. */
  public HttpCall set(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
    return this;
  }

  /** Whether an answer was begun. */
  public boolean isCommitted() {
    return committed;
  }

  /** Answers without a body. */
  public void respond(int status) throws IOException {
    respond(status, 0, out -> {});
  }

  /** Answers with a text as UTF-8. */
  public void respond(int status, String contentType, String text) throws IOException {
    set("Content-Type", contentType);
    respond(status, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with these bytes. */
  public void respond(int status, byte[] bytes) throws IOException {
    respond(status, bytes.length, out -> out.write(bytes));
  }

  /**
   * Answers with a streamed body of a known length. What is left of the request body is read first,
   * so that a client that is still sending gets the answer in place of a broken connection. For
   * HEAD and for the statuses that have no body, the writer is not called; HEAD still gets the
   * Content-Length.
   *
   * @param length the exact number of bytes that the writer will write
   */
  public void respond(int status, long length, BodyWriter writer) throws IOException {
    if (committed) {
      throw new IllegalStateException("The call was already answered");
    }
    body.transferTo(OutputStream.nullOutputStream());
    committed = true;
    long declared = length;
    switch (fault.orElse(null)) {
      case Fault.LoseAnswer _ -> {
        exchange.close();
        return;
      }
      case Fault.ShortenResponse(long bytes) -> declared = Math.min(length, bytes);
      case Fault.BeforeAnswer(Runnable action) -> action.run();
      case null, default -> {}
    }
    boolean head = method().equals("HEAD");
    if (head || status == 204 || status == 304) {
      if (head && status != 204 && status != 304) {
        set("Content-Length", Long.toString(declared));
      }
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
      return;
    }
    // The server of the JDK takes 0 for "chunked" and -1 for "no body".
    exchange.sendResponseHeaders(status, declared == 0 ? -1 : declared);
    if (declared > 0) {
      OutputStream out = exchange.getResponseBody();
      writer.writeTo(fault.<OutputStream>map(f -> new FaultyResponseBody(out, f)).orElse(out));
      out.flush();
    }
    exchange.close();
  }

  /**
   * Answers with a streamed body whose length is not known beforehand, in chunks.
   *
   * @param writer writes the body; not called for HEAD
   */
  public void respondChunked(int status, BodyWriter writer) throws IOException {
    if (committed) {
      throw new IllegalStateException("The call was already answered");
    }
    body.transferTo(OutputStream.nullOutputStream());
    committed = true;
    if (fault.orElse(null) instanceof Fault.LoseAnswer) {
      exchange.close();
      return;
    }
    if (fault.orElse(null) instanceof Fault.BeforeAnswer(Runnable action)) {
      action.run();
    }
    boolean head = method().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : 0);
    if (!head) {
      OutputStream out = exchange.getResponseBody();
      writer.writeTo(fault.<OutputStream>map(f -> new FaultyResponseBody(out, f)).orElse(out));
      out.flush();
    }
    exchange.close();
  }

  /** Closes the connection without an answer, or in the middle of one. */
  public void cut() {
    committed = true;
    exchange.close();
  }

  /** Parsers like to close what they read, but the rest of a body is read before the answer. */
  private static final class Unclosed extends FilterInputStream {
    private Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      return in.read(b, off, len);
    }

    @Override
    public void close() {
      // The server closes the stream.
    }
  }
}
