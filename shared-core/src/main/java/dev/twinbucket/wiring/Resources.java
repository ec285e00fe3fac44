package dev.twinbucket.wiring;

import dev.twinbucket.intake.DeadLetters;
import dev.twinbucket.state.StateStore;
import dev.twinbucket.store.Stores;
import dev.twinbucket.work.WorkQueue;
import java.util.ArrayDeque;
import java.util.Deque;

/** What has been opened, to be closed once, the latest first. */
final class Resources {
  private final Deque<Runnable> closings = new ArrayDeque<>();

  Stores own(Stores stores) {
    closings.push(stores::close);
    return stores;
  }

  StateStore own(StateStore state) {
    closings.push(state::close);
    return state;
  }

  DeadLetters own(DeadLetters deadLetters) {
    closings.push(deadLetters::close);
    return deadLetters;
  }

  WorkQueue own(WorkQueue workQueue) {
    closings.push(workQueue::close);
    return workQueue;
  }

  /** Closes everything even if closing something fails; the first failure is thrown at the end. */
  synchronized void close() {
    RuntimeException first = null;
    while (!closings.isEmpty()) {
      try {
        closings.pop().run();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
