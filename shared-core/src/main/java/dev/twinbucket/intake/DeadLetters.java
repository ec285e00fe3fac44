package dev.twinbucket.intake;

/** Where hints are kept that can never work as they are. Safe for use by several threads. */
public interface DeadLetters extends AutoCloseable {
  /**
   * Keeps one.
   *
   * @throws DeadLetterException if it is not known to be kept; it may be, so that a retry keeps it
   *     twice
   */
  void put(DeadLetter letter);

  /** Releases connections and threads. */
  @Override
  void close();

  /** The place for deployments that have none: nothing is ever kept, so nothing acknowledged. */
  static DeadLetters none() {
    return new DeadLetters() {
      @Override
      public void put(DeadLetter letter) {
        throw new DeadLetterException("no place for dead letters is configured");
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }
}
