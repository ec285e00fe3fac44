package dev.twinbucket.aws.attach;

import java.util.Optional;

/** What the caller wants done. */
sealed interface Request {
  /**
   * Put our entries in.
   *
   * @param attachment the entries
   * @param previous what an earlier call put in, if it may have been elsewhere and is to be taken
   *     out again
   */
  record Attach(Attachment attachment, Optional<Attachment> previous) implements Request {}

  /** Take our entries out. */
  record Detach(Attachment attachment) implements Request {}
}
