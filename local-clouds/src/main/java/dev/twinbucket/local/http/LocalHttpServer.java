package dev.twinbucket.local.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP/1.1 server on 127.0.0.1 with one virtual thread a call, keep-alive, and a {@link
 * FaultScript}. Closing it stops the listener and breaks open calls.
 *
 * <p>It rests on the server of the JDK, which answers 404 by itself when the target begins with two
 * slashes and holds no third: a key such as {@code /lead} needs path-style addressing.
 */
public final class LocalHttpServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(LocalHttpServer.class.getName());

  static {
    // Read once by the JDK's server when its classes load. Without it, small answers on a kept
    // connection wait for the delayed acknowledgement, some 40 ms each.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // Transfers in parallel keep more than the default 200 connections idle at times.
    System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final CallHandler handler;
  private final FaultScript faults = new FaultScript();

  private LocalHttpServer(HttpServer server, ExecutorService threads, CallHandler handler) {
    this.server = server;
    this.threads = threads;
    this.handler = handler;
  }

  /**
   * Starts a server.
   *
   * @param port the port to listen on, 0 for a free one
   * @param handler answers the calls, from several threads at once
   * @throws UncheckedIOException if the port cannot be had
   */
  public static LocalHttpServer start(int port, CallHandler handler) {
    HttpServer server;
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on 127.0.0.1:" + port, e);
    }
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    LocalHttpServer local = new LocalHttpServer(server, threads, handler);
    server.createContext("/", local::dispatch);
    server.setExecutor(threads);
    server.start();
    return local;
  }

  /** The port that the server listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** The server's address without a trailing slash, such as {@code http://127.0.0.1:40123}. */
  public String endpoint() {
    return "http://127.0.0.1:" + port();
  }

  /** The faults to inject; empty at first. */
  public FaultScript faults() {
    return faults;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void dispatch(HttpExchange exchange) {
    try {
      answer(exchange);
    } catch (IOException e) {
      // The other side went away, or a fault cut the connection: nobody is left to be told.
      LOG.log(Level.DEBUG, "A call broke off", e);
    } catch (Error e) {
      LOG.log(Level.ERROR, "The handler failed", e);
      throw e;
    } finally {
      exchange.close();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String host = exchange.getRequestHeaders().getFirst("Host");
    RequestLine line =
        new RequestLine(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            host == null ? "" : host);
    Optional<Fault> fault = faults.next(line);
    HttpCall call = new HttpCall(exchange, line, fault);
    switch (fault.orElse(null)) {
      case Fault.Answer answer -> {
        answer.headers().forEach(call::set);
        call.respond(answer.status(), answer.body().getBytes(StandardCharsets.UTF_8));
        return;
      }
      case Fault.Delay delay -> pause(delay);
      case Fault.Before(Runnable action) -> action.run();
      case null, default -> {}
    }
    try {
      handler.handle(call);
      if (!call.isCommitted()) {
        throw new IllegalStateException("The handler answered nothing");
      }
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "The handler failed on " + line.method() + " " + line.rawTarget(), e);
      if (!call.isCommitted()) {
        call.respond(500, "text/plain", "The embedded server failed: " + e);
      }
    }
  }

  private static void pause(Fault.Delay delay) throws IOException {
    try {
      Thread.sleep(delay.pause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The server was closed during an injected pause", e);
    }
  }
}
