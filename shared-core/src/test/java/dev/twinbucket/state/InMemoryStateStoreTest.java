package dev.twinbucket.state;

import java.time.Clock;

/** The contract over a map. */
class InMemoryStateStoreTest extends StateStoreContract {
  @Override
  protected StateStore open(Clock clock) {
    return new InMemoryStateStore(clock);
  }
}
