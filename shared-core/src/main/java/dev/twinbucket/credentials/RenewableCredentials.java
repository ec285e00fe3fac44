package dev.twinbucket.credentials;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Credentials that are fetched when they are first needed and kept: until shortly before they
 * expire, for a quarter of an hour if they do not say when, or until a service refuses them. Safe
 * for use by any number of threads, of which one fetches for all.
 *
 * <p>While they are still valid a fetch that fails does no harm: they stay in use, and the fetch is
 * tried again a little later.
 */
public final class RenewableCredentials implements AwsCredentialsProvider {
  /** So long before they expire they are fetched anew, while nobody has to wait for that. */
  static final Duration AHEAD = Duration.ofMinutes(5);

  /** With less than this left they are not used any more: a request takes its time, too. */
  static final Duration LEAST = Duration.ofSeconds(30);

  /** For so long those are kept that do not say when they expire: a rotation shows by then. */
  static final Duration KEPT = Duration.ofMinutes(15);

  /** So much time is between two fetches that nothing but a refusal or a failure calls for. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  private final CredentialsSource source;
  private final InstantSource clock;
  private final ReentrantLock fetching = new ReentrantLock();

  /** Replaced as a whole; null before the first fetch. */
  private volatile Held held;

  /** When a fetch was last tried; guarded by the lock. */
  private Instant tried = Instant.MIN;

  /**
   * Credentials from a source, of which nothing is asked yet.
   *
   * @param clock in whose time they expire
   */
  public RenewableCredentials(CredentialsSource source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  private record Held(AwsCredentials credentials, Instant fetched) {
    private Instant renewal() {
      return credentials
          .expirationTime()
          .map(expiry -> expiry.minus(AHEAD))
          .orElseGet(() -> fetched.plus(KEPT));
    }

    private boolean isUsable(Instant now) {
      return credentials
          .expirationTime()
          .map(expiry -> now.isBefore(expiry.minus(LEAST)))
          .orElse(true);
    }
  }

  @Override
  public AwsCredentials resolveCredentials() {
    Instant now = clock.instant();
    Held current = held;
    if (current == null || !current.isUsable(now)) {
      return fetchNow();
    }
    if (!now.isBefore(current.renewal()) && fetching.tryLock()) {
      try {
        fetchAhead(now);
      } finally {
        fetching.unlock();
      }
    }
    return held.credentials();
  }

  /**
   * Makes a call, and makes it once more with other credentials if those at hand were refused and
   * others can be had.
   *
   * @param call asks for credentials here each time it is made, and can be made twice
   */
  public <T> T asking(Supplier<T> call) {
    Held before = held;
    try {
      return call.get();
    } catch (AwsServiceException e) {
      if (Refusals.isOfCaller(e) && renew(before)) {
        return call.get();
      }
      throw e;
    }
  }

  /** The same for whatever credentials; those that cannot be renewed are asked once. */
  public static <T> T asking(AwsCredentialsProvider credentials, Supplier<T> call) {
    return credentials instanceof RenewableCredentials renewable
        ? renewable.asking(call)
        : call.get();
  }

  /** Whether there are others now than there were before. */
  private boolean renew(Held before) {
    fetching.lock();
    try {
      Held current = held;
      if (current != null && before != null && !isSame(current, before)) {
        return true;
      }
      Instant now = clock.instant();
      if (current == null || now.isBefore(tried.plus(PAUSE))) {
        return false;
      }
      return fetch(now).filter(next -> !isSame(next, current)).isPresent();
    } finally {
      fetching.unlock();
    }
  }

  private AwsCredentials fetchNow() {
    fetching.lock();
    try {
      Instant now = clock.instant();
      // Somebody else may have done it while this thread waited.
      if (held == null || !held.isUsable(now)) {
        tried = now;
        held = new Held(source.fetch(), now);
      }
      return held.credentials();
    } finally {
      fetching.unlock();
    }
  }

  private void fetchAhead(Instant now) {
    if (!now.isBefore(held.renewal()) && !now.isBefore(tried.plus(PAUSE))) {
      fetch(now);
    }
  }

  /** What was fetched, or empty if nothing could be: then what is held stays. */
  private Optional<Held> fetch(Instant now) {
    tried = now;
    Held next;
    try {
      next = new Held(source.fetch(), now);
    } catch (RuntimeException e) {
      // Whoever uses what is held will be told soon enough if that does not do.
      return Optional.empty();
    }
    held = next;
    return Optional.of(next);
  }

  private static boolean isSame(Held one, Held other) {
    AwsCredentials a = one.credentials();
    AwsCredentials b = other.credentials();
    return a.accessKeyId().equals(b.accessKeyId())
        && a.secretAccessKey().equals(b.secretAccessKey());
  }

  /** Without what it holds. */
  @Override
  public String toString() {
    return "RenewableCredentials";
  }
}
