package dev.twinbucket.transfer;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.PartBody;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.UploadedPart;
import dev.twinbucket.time.Backoff;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Carries one part after another through a single buffer. The buffer is kept from part to part,
 * unless others wait for memory.
 */
final class PartCarrier implements AutoCloseable {
  private static final int ATTEMPTS = 4;
  private static final int STEP = 128 * 1024;
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
  private static final byte[] NONE = {};

  private final Run run;
  private final ObjectSnapshot source;
  private final TransferPlan plan;
  private final PartSink sink;
  private byte[] buffer = NONE;
  private Optional<ByteBudget.Lease> lease = Optional.empty();

  /** Where the bytes of a part go, once they are whole. */
  @FunctionalInterface
  interface PartSink {
    /** Takes a part; returns what the store has of it, if it was sent anywhere. */
    Optional<UploadedPart> take(int part, PartBody body);
  }

  PartCarrier(Run run, ObjectSnapshot source, TransferPlan plan, PartSink sink) {
    this.run = run;
    this.source = source;
    this.plan = plan;
    this.sink = sink;
  }

  /**
   * Makes sure of the memory for a part.
   *
   * @return false if it could not be had while there was time
   */
  boolean hasRoom() {
    if (lease.isPresent() && run.large().budget().isContended()) {
      close();
    }
    if (lease.isEmpty()) {
      long bytes = plan.length(1);
      lease = run.large().budget().take(bytes, run.pace().remaining());
      lease.ifPresent(_ -> buffer = new byte[(int) bytes]);
    }
    return lease.isPresent();
  }

  /**
   * Reads a part, pinned to the version, and hands it on; what may pass is tried again.
   *
   * @return the CRC32C of its bytes
   * @throws SourceChanged if the version is gone
   */
  Crc32c carry(int part) {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(part);
      } catch (StoreException.Throttled
          | StoreException.Unavailable
          | StoreException.IntegrityMismatch e) {
        if (attempt == ATTEMPTS || !paused(attempt - 1)) {
          throw e;
        }
      }
    }
  }

  private Crc32c once(int part) {
    int length = (int) plan.length(part);
    Crc32c crc = read(part, length);
    PartBody body = new PartBody(ByteBuffer.wrap(buffer, 0, length).asReadOnlyBuffer(), crc);
    Optional<UploadedPart> there = sink.take(part, body);
    boolean other =
        there.isPresent()
            && (there.get().size() != length
                || there.get().crc().filter(sum -> !sum.equals(crc)).isPresent());
    if (other) {
      throw new StoreException.IntegrityMismatch(
          "%s: the store has another part %d than was sent".formatted(source.location(), part));
    }
    return crc;
  }

  private Crc32c read(int part, int length) {
    ObjectStore store = run.stores().of(source.location());
    ReadRequest request =
        ReadRequest.range(source.location(), source.version(), plan.offset(part), length);
    try (ObjectContent content = store.read(request)) {
      requireSame(content.snapshot());
      return fill(content.body(), part, length);
    } catch (StoreException.ConditionFailed | StoreException.ObjectNotFound e) {
      throw new SourceChanged(e);
    } catch (IOException e) {
      throw new StoreException.Unavailable("reading " + request.location() + " broke off", e);
    }
  }

  /** A store that ignores pins must not slip another version's bytes in. */
  private void requireSame(ObjectSnapshot seen) {
    if (!seen.version().sameWrite(source.version()) || seen.size() != source.size()) {
      throw new StoreException.ConditionFailed(
          source.location() + " is not the version any more that is being copied");
    }
  }

  private Crc32c fill(InputStream body, int part, int length) throws IOException {
    CRC32C running = new CRC32C();
    int filled = 0;
    while (filled < length) {
      int n = body.read(buffer, filled, Math.min(STEP, length - filled));
      if (n < 0) {
        throw wrongLength(part, "less", length);
      }
      running.update(buffer, filled, n);
      filled += n;
    }
    if (body.read() >= 0) {
      throw wrongLength(part, "more", length);
    }
    return Crc32c.of(running);
  }

  private StoreException wrongLength(int part, String how, int length) {
    return new StoreException.IntegrityMismatch(
        "%s: part %d has %s than the %d bytes asked for"
            .formatted(source.location(), part, how, length));
  }

  private boolean paused(int attempt) {
    Duration time = BACKOFF.pause(attempt, run.random());
    if (!run.party().deadline().allows(time)) {
      return false;
    }
    try {
      run.pause().sleep(time);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    buffer = NONE;
    lease.ifPresent(ByteBudget.Lease::close);
    lease = Optional.empty();
  }
}
