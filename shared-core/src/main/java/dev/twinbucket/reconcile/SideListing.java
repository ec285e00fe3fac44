package dev.twinbucket.reconcile;

import dev.twinbucket.object.Escaping;
import dev.twinbucket.object.KeyOrder;
import dev.twinbucket.rule.Side;
import dev.twinbucket.store.ListPage;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.time.Backoff;
import dev.twinbucket.time.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The names of one side in order, a page in memory at a time. Not for use by several threads.
 *
 * <p>What the store answers is checked: names that are out of order, repeated or outside the prefix
 * end the listing with a {@link ListingException}, since a merge of such listings would take
 * present objects for missing ones.
 */
final class SideListing {
  private static final int ATTEMPTS = 6;
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

  private final ObjectStore store;
  private final Side side;
  private final Pause pause;
  private final RandomGenerator random;
  private String page;
  private String nextPage = "";
  private List<ListPage.Listed> names = List.of();
  private int index;
  private boolean begun;
  private Optional<String> last = Optional.empty();

  /**
   * A listing that has not begun.
   *
   * @param page the continuation of the page to begin with, empty for the first
   */
  SideListing(ObjectStore store, Side side, String page, Pause pause, RandomGenerator random) {
    this.store = store;
    this.side = side;
    this.page = page;
    this.pause = pause;
    this.random = random;
  }

  /**
   * The next name without going on to it, empty at the end.
   *
   * @throws ListingException if the listing fails or cannot be trusted
   */
  Optional<String> peek() {
    while (index == names.size()) {
      if (begun && nextPage.isEmpty()) {
        return Optional.empty();
      }
      fetch();
    }
    return side.nameOf(names.get(index).key()).or(this::skipped);
  }

  /** Goes on to the name after the one that was peeked at. */
  void advance() {
    index++;
  }

  /** The continuation of the page that the next name is on. */
  String page() {
    return index == names.size() && begun && !nextPage.isEmpty() ? nextPage : page;
  }

  /** The side's own prefix, listed as an object: it has no name. */
  private Optional<String> skipped() {
    advance();
    return peek();
  }

  private void fetch() {
    String from = begun ? nextPage : page;
    ListPage fetched = fetch(from);
    for (ListPage.Listed listed : fetched.objects()) {
      check(listed.key());
    }
    if (!fetched.next().isEmpty() && fetched.next().equals(from)) {
      throw new ListingException("the listing of " + side + " goes round in a circle");
    }
    begun = true;
    page = from;
    nextPage = fetched.next();
    names = fetched.objects();
    index = 0;
  }

  private void check(String key) {
    if (!key.startsWith(side.prefix())) {
      throw new ListingException(
          "the listing of " + side + " holds a name outside of it: " + Escaping.forLog(key));
    }
    if (last.isPresent() && KeyOrder.UTF_8.compare(last.get(), key) >= 0) {
      throw new ListingException(
          "the listing of %s is not in the order of its names' bytes: %s after %s"
              .formatted(side, Escaping.forLog(key), Escaping.forLog(last.get())));
    }
    last = Optional.of(key);
  }

  private ListPage fetch(String continuation) {
    ListRequest first = ListRequest.first(side.bucket(), side.prefix());
    for (int attempt = 0; ; attempt++) {
      try {
        return store.list(continuation.isEmpty() ? first : first.after(continuation));
      } catch (StoreException.Throttled | StoreException.Unavailable e) {
        if (attempt + 1 == ATTEMPTS) {
          throw failed(e);
        }
        rest(attempt, e);
      } catch (StoreException e) {
        throw failed(e);
      }
    }
  }

  private void rest(int attempt, StoreException met) {
    try {
      pause.sleep(BACKOFF.pause(attempt, random));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(met);
    }
  }

  private ListingException failed(StoreException e) {
    return new ListingException("listing " + side + " failed: " + e.getMessage(), e);
  }
}
