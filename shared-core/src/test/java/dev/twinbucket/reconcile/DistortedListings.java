package dev.twinbucket.reconcile;

import dev.twinbucket.store.ListPage;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** A store whose listings lie, fail or take their time; everything else is passed on. */
final class DistortedListings {
  private final ObjectStore store;
  private final AtomicReference<Predicate<String>> leftOut = new AtomicReference<>(key -> false);
  private final AtomicReference<Runnable> atEachPage = new AtomicReference<>(() -> {});
  private final AtomicReference<Optional<StoreException>> failure =
      new AtomicReference<>(Optional.empty());
  private final AtomicInteger pagesBeforeFailure = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile boolean reversed;

  DistortedListings(ObjectStore store) {
    this.store = store;
  }

  ObjectStore asStore() {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("list")) {
                return list((ListRequest) arguments[0]);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  void leaveOut(Predicate<String> keys) {
    leftOut.set(keys);
  }

  void reverse() {
    reversed = true;
  }

  void failAfterPages(int pages, StoreException with) {
    pagesBeforeFailure.set(pages);
    failures.set(Integer.MAX_VALUE);
    failure.set(Optional.of(with));
  }

  void failOnce(StoreException with) {
    failures.set(1);
    failure.set(Optional.of(with));
  }

  void atEachPage(Runnable hook) {
    atEachPage.set(hook);
  }

  private ListPage list(ListRequest request) {
    Optional<StoreException> planned = failure.get();
    if (planned.isPresent()
        && pagesBeforeFailure.getAndDecrement() <= 0
        && failures.getAndDecrement() > 0) {
      throw planned.get();
    }
    ListPage page = store.list(request);
    atEachPage.get().run();
    var kept = page.objects().stream().filter(object -> !leftOut.get().test(object.key())).toList();
    return new ListPage(reversed ? kept.reversed() : kept, page.next());
  }
}
