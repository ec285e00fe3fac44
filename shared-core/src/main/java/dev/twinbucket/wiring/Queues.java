package dev.twinbucket.wiring;

import dev.twinbucket.intake.DeadLetters;
import dev.twinbucket.settings.Settings;
import dev.twinbucket.work.WorkQueue;

/**
 * The queues of a platform. Each is opened as configured, without anything being sent; whoever
 * asked for it closes it.
 */
public interface Queues {
  /** Where hints are kept that can never work. */
  DeadLetters deadLetters(Settings settings);

  /** Where work goes that another invocation is to do. */
  WorkQueue workQueue(Settings settings);

  /** Those of a platform that has none. */
  static Queues none() {
    return new Queues() {
      @Override
      public DeadLetters deadLetters(Settings settings) {
        return DeadLetters.none();
      }

      @Override
      public WorkQueue workQueue(Settings settings) {
        return WorkQueue.none();
      }
    };
  }
}
