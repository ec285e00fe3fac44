package dev.twinbucket.time;

import java.time.Duration;

/** A way to let time pass: a sleep in a function, a jump of the clock in a simulation. */
@FunctionalInterface
public interface Pause {
  /**
   * Returns after that time.
   *
   * @throws InterruptedException if the thread is being stopped
   */
  void sleep(Duration time) throws InterruptedException;
}
