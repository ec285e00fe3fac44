package dev.twinbucket.guard;

import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.Side;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.store.ListPage;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.ObjectStore;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Counts what stands on a side, as far as it has to be known. Counting too few makes the guard
 * stricter, never laxer: a listing that ends early or is cut off lets nothing through.
 */
final class Standing {
  private static final int PAGES_AT_MOST = 200;

  private Standing() {}

  /**
   * Counts the objects that a rule is about.
   *
   * @param enough counting ends there
   * @param mayGoOn asked before each page
   * @return how many there are at least; empty if there was no time to tell
   * @throws dev.twinbucket.store.StoreException if a page cannot be had
   */
  static OptionalLong count(
      ObjectStore store, Rule rule, SideName which, long enough, BooleanSupplier mayGoOn) {
    Side side = rule.side(which);
    long count = 0;
    ListRequest request = ListRequest.first(side.bucket(), side.prefix());
    for (int page = 0; page < PAGES_AT_MOST && count < enough; page++) {
      if (!mayGoOn.getAsBoolean()) {
        return OptionalLong.empty();
      }
      ListPage listed = store.list(request);
      count +=
          listed.objects().stream()
              .filter(object -> side.nameOf(object.key()).filter(rule::covers).isPresent())
              .count();
      if (listed.next().isEmpty()) {
        break;
      }
      request = request.after(listed.next());
    }
    return OptionalLong.of(count);
  }
}
