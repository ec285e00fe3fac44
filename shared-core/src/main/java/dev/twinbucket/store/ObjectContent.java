package dev.twinbucket.store;

import dev.twinbucket.object.ObjectSnapshot;
import java.io.InputStream;

/**
 * An open object. Closing it before its end gives the connection up instead of draining it.
 *
 * @param snapshot the whole object's, whatever range is being read
 * @param body the requested bytes as stored; reading it throws {@link java.io.IOException} when the
 *     connection breaks or the body ends too early
 */
public record ObjectContent(ObjectSnapshot snapshot, InputStream body, Runnable release)
    implements AutoCloseable {
  @Override
  public void close() {
    release.run();
  }
}
