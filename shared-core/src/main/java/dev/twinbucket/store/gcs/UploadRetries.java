package dev.twinbucket.store.gcs;

import com.google.api.client.util.ExponentialBackOff;
import com.google.api.client.util.Sleeper;
import com.google.cloud.BaseServiceException;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * Sends requests about multipart uploads again that met a server's fault. The SDK's client retries
 * connections that broke, but it does not see the status of an answer: it takes 503 for final.
 */
final class UploadRetries {
  private static final int ATTEMPTS = 3;
  private static final int FIRST_PAUSE_MILLIS = 200;
  private static final int LONGEST_PAUSE_MILLIS = 5_000;

  private UploadRetries() {}

  /** Sends a request that may be carried out twice. */
  static <T> T send(Object what, Supplier<T> call) {
    ExponentialBackOff pauses =
        new ExponentialBackOff.Builder()
            .setInitialIntervalMillis(FIRST_PAUSE_MILLIS)
            .setMaxIntervalMillis(LONGEST_PAUSE_MILLIS)
            .build();
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (BaseServiceException e) {
        if (attempt == ATTEMPTS || !GcsErrors.isServersFault(e)) {
          throw GcsErrors.ofUpload(what, e);
        }
        pause(what, pauses, e);
      }
    }
  }

  private static void pause(Object what, ExponentialBackOff pauses, BaseServiceException failure) {
    try {
      Sleeper.DEFAULT.sleep(pauses.nextBackOffMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GcsErrors.ofUpload(what, failure);
    } catch (IOException e) {
      throw GcsErrors.ofUpload(what, failure);
    }
  }
}
