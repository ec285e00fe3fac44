package dev.twinbucket.local.http;

import java.io.IOException;

/**
 * Answers the calls that a {@link LocalHttpServer} receives. Called on one virtual thread a call.
 */
@FunctionalInterface
public interface CallHandler {
  /**
   * Answers one call through its {@code respond} methods.
   *
   * @param call the request and the way to answer it, valid until this method returns
   * @throws IOException if the connection breaks; the server then closes it
   */
  void handle(HttpCall call) throws IOException;
}
