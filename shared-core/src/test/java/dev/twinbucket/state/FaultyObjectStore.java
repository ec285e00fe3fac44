package dev.twinbucket.state;

import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation;
import dev.twinbucket.store.AttributesUpdate;
import dev.twinbucket.store.Capabilities;
import dev.twinbucket.store.ListPage;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.MultipartUploads;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes calls on, keeps a list of them, and breaks the next ones in the ways it was told. */
final class FaultyObjectStore implements ObjectStore {
  /** What becomes of one call. */
  enum Fault {
    NONE,
    /** The call does not arrive. */
    LOST,
    /** The call is carried out and its answer does not arrive. */
    ANSWER_LOST,
    /** The call is carried out, its answer is lost, and the SDK's own retry meets the result. */
    RETRIED
  }

  private final ObjectStore store;
  private final Capabilities capabilities;
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<ObjectLocation> touched = new CopyOnWriteArrayList<>();

  FaultyObjectStore(ObjectStore store, Capabilities capabilities) {
    this.store = store;
    this.capabilities = capabilities;
  }

  /** The faults of the calls to come, in order; the calls after them work. */
  void next(Fault... planned) {
    faults.addAll(List.of(planned));
  }

  /** The names of all calls so far. */
  List<String> calls() {
    return calls;
  }

  /** What all calls so far were about. */
  List<ObjectLocation> touched() {
    return touched;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public ObjectContent read(ReadRequest request) {
    return broken("read", request.location(), () -> store.read(request));
  }

  @Override
  public ObjectVersion put(PutRequest request) {
    return broken("put", request.location(), () -> store.put(request));
  }

  @Override
  public void delete(ObjectLocation location, WriteCondition condition) {
    broken(
        "delete",
        location,
        () -> {
          store.delete(location, condition);
          return true;
        });
  }

  @Override
  public Observation observe(ObjectLocation location) {
    throw new UnsupportedOperationException("rows are read, not observed");
  }

  @Override
  public ObjectVersion updateAttributes(AttributesUpdate update) {
    throw new UnsupportedOperationException("rows have no attributes to be updated");
  }

  @Override
  public ObjectVersion copyWithin(ObjectSnapshot source, ObjectLocation target) {
    throw new UnsupportedOperationException("rows are not copied");
  }

  @Override
  public MultipartUploads multipart() {
    throw new UnsupportedOperationException("rows are small");
  }

  @Override
  public ListPage list(ListRequest request) {
    throw new UnsupportedOperationException("rows are not listed");
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("not the rows' own");
  }

  private interface Call<T> {
    T make();
  }

  private <T> T broken(String name, ObjectLocation location, Call<T> call) {
    calls.add(name);
    touched.add(location);
    Fault fault = Objects.requireNonNullElse(faults.poll(), Fault.NONE);
    return switch (fault) {
      case NONE -> call.make();
      case LOST -> throw new StoreException.Unavailable("no connection", null);
      case ANSWER_LOST -> {
        call.make();
        throw new StoreException.Unavailable("the connection broke", null);
      }
      case RETRIED -> {
        call.make();
        yield call.make();
      }
    };
  }
}
