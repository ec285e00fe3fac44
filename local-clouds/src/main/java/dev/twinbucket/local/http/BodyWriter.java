package dev.twinbucket.local.http;

import java.io.IOException;
import java.io.OutputStream;

/** Streams a response body of a length that is known beforehand. */
@FunctionalInterface
public interface BodyWriter {
  /**
   * Writes the body. The server closes the stream.
   *
   * @throws IOException if the connection breaks
   */
  void writeTo(OutputStream out) throws IOException;
}
