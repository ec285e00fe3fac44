package dev.twinbucket.simulator;

import java.util.concurrent.locks.LockSupport;

/**
 * Production code that runs on a thread of its own, but only while the simulation waits for it:
 * exactly one of the two ever runs, so that every interleaving is the simulation's choice and none
 * is the machine's.
 */
final class Coroutine {
  private final Thread thread;
  private volatile boolean running;
  private volatile boolean finished;
  private volatile boolean killed;
  private volatile Thread driver = Thread.currentThread();

  Coroutine(Runnable body) {
    this.thread =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  awaitTurn();
                  try {
                    if (!killed) {
                      body.run();
                    }
                  } catch (Killed expected) {
                    // It was asked to end like this.
                  } finally {
                    finished = true;
                    handBack();
                  }
                });
    thread.start();
  }

  /** Runs it until it pauses or ends. */
  void resume() {
    driver = Thread.currentThread();
    running = true;
    LockSupport.unpark(thread);
    while (running) {
      LockSupport.park(this);
    }
  }

  /**
   * Ends it where it stands, as a platform ends a function: nothing more of it is run but the
   * unwinding.
   */
  void kill() {
    killed = true;
    while (!finished) {
      resume();
    }
  }

  boolean isFinished() {
    return finished;
  }

  /** To be called by the body: gives the turn back. */
  void pause() {
    handBack();
    awaitTurn();
    if (killed) {
      throw new Killed();
    }
  }

  private void handBack() {
    running = false;
    LockSupport.unpark(driver);
  }

  private void awaitTurn() {
    while (!running) {
      LockSupport.park(this);
    }
  }

  /** Unwinds a body that was killed. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
      super("killed", null, false, false);
    }
  }
}
