package dev.twinbucket.simulator;

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
import java.util.function.Supplier;

/**
 * A store as one worker sees it: every request is a point where the simulation may do something
 * else, or kill.
 */
record SteppedStore(ObjectStore store, Worker worker) implements ObjectStore {
  @Override
  public Capabilities capabilities() {
    return store.capabilities();
  }

  @Override
  public Observation observe(ObjectLocation location) {
    return step(() -> "observe " + location, () -> store.observe(location));
  }

  @Override
  public ObjectContent read(ReadRequest request) {
    return step(() -> "read " + request.location(), () -> store.read(request));
  }

  @Override
  public ObjectVersion put(PutRequest request) {
    return step(
        () -> "put " + request.location() + " " + worker.show(request.content()),
        () -> store.put(request));
  }

  @Override
  public ObjectVersion updateAttributes(AttributesUpdate update) {
    return step(() -> "patch " + update.current().location(), () -> store.updateAttributes(update));
  }

  @Override
  public ObjectVersion copyWithin(ObjectSnapshot source, ObjectLocation target) {
    return step(() -> "copy to " + target, () -> store.copyWithin(source, target));
  }

  @Override
  public MultipartUploads multipart() {
    return new SteppedUploads(store.multipart(), worker);
  }

  @Override
  public void delete(ObjectLocation location, WriteCondition condition) {
    step(
        () -> "delete " + location,
        () -> {
          store.delete(location, condition);
          return true;
        });
  }

  @Override
  public ListPage list(ListRequest request) {
    return step(() -> "list " + request.bucket(), () -> store.list(request));
  }

  @Override
  public void close() {}

  private <T> T step(Supplier<String> what, Supplier<T> request) {
    return worker.request(what, request, cause -> new StoreException.Unavailable(cause, null));
  }
}
