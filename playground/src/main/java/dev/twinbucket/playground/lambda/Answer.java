package dev.twinbucket.playground.lambda;

/** How one invocation ended. */
public sealed interface Answer {
  /** The handler returned. */
  record Returned(String body) implements Answer {}

  /**
   * The handler threw, could not be made, or the process went away.
   *
   * @param type the error's type as the runtime reports it, empty if it did not report any
   * @param body what the runtime says about it, JSON if it comes from the runtime
   */
  record Failed(String type, String body) implements Answer {}
}
