package dev.twinbucket.operation;

import dev.twinbucket.json.JsonObject;

/**
 * What an operator is told.
 *
 * @param ending how it went
 * @param body what to say; a member {@code error} if it did not work
 */
public record OperationAnswer(Ending ending, JsonObject body) {
  /** How it went. */
  public enum Ending {
    /** It was done. */
    DONE,
    /** The request is at fault; nothing was done. */
    REFUSED,
    /** A store or the state could not be asked: it may have been done, and can be asked again. */
    FAILED
  }

  static OperationAnswer error(Ending ending, String why) {
    return new OperationAnswer(ending, JsonObject.builder().put("error", why).build());
  }
}
