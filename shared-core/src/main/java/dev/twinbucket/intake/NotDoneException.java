package dev.twinbucket.intake;

import java.util.List;

/**
 * Thrown to a platform that retries what fails: something of this invocation is not done. The
 * message names it, safe to log.
 */
public final class NotDoneException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int NAMED_AT_MOST = 20;

  /** For a message that is not done. */
  public NotDoneException(Handled handled) {
    super(describe(handled.notDone()), null, false, false);
  }

  private static String describe(List<String> notDone) {
    String named = String.join("; ", notDone.subList(0, Math.min(NAMED_AT_MOST, notDone.size())));
    return notDone.size() + " not done: " + named + (notDone.size() > NAMED_AT_MOST ? "; ..." : "");
  }
}
