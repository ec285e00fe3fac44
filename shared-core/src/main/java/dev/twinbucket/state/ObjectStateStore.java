package dev.twinbucket.state;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Rows as small objects under one prefix of a bucket, on any store with conditional writes. A read
 * is one request, a write one more, and one or two more again where another writer came first. Both
 * S3 and GCS read their own writes, so that conditions on one object make each row linearizable.
 *
 * <p>A removal is two requests: a conditional write that says "removed", whose nonce proves who
 * wrote it, and the deletion of that object. A deletion alone could not be told from somebody
 * else's when its answer is lost. Where the second request fails, the object stays and the row is
 * absent all the same.
 */
public final class ObjectStateStore implements StateStore {
  private static final ObjectAttributes JSON =
      new ObjectAttributes(
          new SystemHeaders("application/json", "", "", "", "", "", "", ""), Map.of(), Map.of());

  private final ObjectStore store;
  private final RowPlace place;
  private final Clock clock;
  private final Nonces nonces;

  /**
   * Rows in a bucket.
   *
   * @param store not owned: closing the rows leaves it open
   * @param prefix what the names of all rows begin with; ends in a slash; nothing else is touched
   * @param clock decides what has expired
   * @param random see {@link Nonces}
   * @throws IllegalArgumentException if the prefix does not end in a slash, or the store cannot
   *     write conditionally
   */
  public ObjectStateStore(
      ObjectStore store,
      BucketLocation bucket,
      String prefix,
      Clock clock,
      RandomGenerator random) {
    if (!store.capabilities().conditionalWrites()) {
      throw new IllegalArgumentException(
          "rows need a store with conditional writes, which " + bucket + " is not on");
    }
    this.store = store;
    this.place = new RowPlace(bucket, prefix);
    this.clock = clock;
    this.nonces = new Nonces(random);
  }

  /** A row's object as it was read, whether or not the row counts as present. */
  private record Found(RowDocument document, ObjectVersion version) {
    StateRow row() {
      return new StateRow(
          document.value().orElseThrow(),
          new RowRevision(document.nonce(), document.expirySecond(), version).text());
    }
  }

  @Override
  public Optional<StateRow> read(String key) {
    RowLimits.checkKey(key);
    return find(key).filter(found -> found.document().isAlive(clock.instant())).map(Found::row);
  }

  @Override
  public Optional<StateRow> compareAndSet(
      String key, Optional<StateRow> expected, String value, Optional<Instant> expiresAt) {
    RowLimits.checkKey(key);
    RowLimits.checkValue(value);
    RowDocument next =
        new RowDocument(key, nonces.next(), RowLimits.expirySecond(expiresAt), Optional.of(value));
    if (expected.isPresent()) {
      return replace(expected.get(), next).map(Found::row);
    }
    Optional<Found> stands = write(next, WriteCondition.ifAbsent());
    if (stands.filter(found -> isSameWrite(found, next)).isPresent()) {
      return stands.map(Found::row);
    }
    // What stands may be the remains of a row that expired or was removed.
    return stands
        .filter(found -> !found.document().isAlive(clock.instant()))
        .flatMap(dead -> write(next, WriteCondition.ifUnchanged(dead.version())))
        .filter(found -> isSameWrite(found, next))
        .map(Found::row);
  }

  @Override
  public boolean remove(String key, StateRow expected) {
    RowLimits.checkKey(key);
    RowDocument mark = new RowDocument(key, nonces.next(), Optional.empty(), Optional.empty());
    Optional<Found> marked = replace(expected, mark);
    marked.ifPresent(this::discard);
    return marked.isPresent();
  }

  /** The store of objects belongs to somebody else. */
  @Override
  public void close() {}

  private Optional<Found> replace(StateRow expected, RowDocument next) {
    RowRevision revision = RowRevision.parse(expected.revision());
    if (!RowLimits.isAlive(revision.expirySecond(), clock.instant())) {
      return Optional.empty();
    }
    return write(next, WriteCondition.ifUnchanged(revision.version()))
        .filter(found -> isSameWrite(found, next));
  }

  /**
   * Writes conditionally.
   *
   * @return what stands afterwards: the row as written, or what another writer made of it
   */
  private Optional<Found> write(RowDocument row, WriteCondition condition) {
    ObjectLocation location = place.of(row.key());
    ByteBuffer body = ByteBuffer.wrap(row.bytes());
    try {
      ObjectVersion version =
          store.put(
              new PutRequest(
                  location,
                  body,
                  Crc32c.of(body),
                  JSON,
                  Optional.empty(),
                  condition,
                  Placement.DEFAULT));
      return Optional.of(new Found(row, version));
    } catch (StoreException.ConditionFailed | StoreException.ObjectNotFound refused) {
      // The SDK may have sent the request twice, and the first may be what the second stumbled on.
      return find(row.key());
    } catch (StoreException.Unavailable silence) {
      return recover(row, silence);
    } catch (StoreException failure) {
      throw unknown("writing", location, failure);
    }
  }

  /** After no answer at all: only our own nonce proves something, since a write may yet arrive. */
  private Optional<Found> recover(RowDocument row, StoreException.Unavailable silence) {
    StateException failure = unknown("writing", place.of(row.key()), silence);
    try {
      Optional<Found> found = find(row.key()).filter(stands -> isSameWrite(stands, row));
      if (found.isPresent()) {
        return found;
      }
    } catch (StateException again) {
      failure.addSuppressed(again);
    }
    throw failure;
  }

  private Optional<Found> find(String key) {
    ObjectLocation location = place.of(key);
    try (ObjectContent content = store.read(ReadRequest.current(location))) {
      RowDocument document =
          RowDocument.parse(content.body().readNBytes(RowDocument.LARGEST + 1))
              .filter(row -> row.key().equals(key))
              .orElseThrow(
                  () ->
                      new StateException(
                          location
                              + " is not the row that belongs there; was it put there by hand?"
                              + " It is left as it is; move it away, and the row counts as absent",
                          null));
      return Optional.of(new Found(document, content.snapshot().version()));
    } catch (StoreException.ObjectNotFound absent) {
      return Optional.empty();
    } catch (StoreException | IOException failure) {
      throw unknown("reading", location, failure);
    }
  }

  private void discard(Found mark) {
    if (!store.capabilities().conditionalDeletes()) {
      return;
    }
    try {
      store.delete(place.of(mark.document().key()), WriteCondition.ifUnchanged(mark.version()));
    } catch (StoreException stays) {
      // The mark says the same as no object does: nothing depends on its going.
      return;
    }
  }

  private static boolean isSameWrite(Found found, RowDocument row) {
    return found.document().nonce().equals(row.nonce());
  }

  private static StateException unknown(String doing, ObjectLocation location, Exception cause) {
    return new StateException(doing + " " + location + ": " + cause.getMessage(), cause);
  }
}
