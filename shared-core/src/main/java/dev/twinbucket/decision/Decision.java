package dev.twinbucket.decision;

import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.rule.SideName;
import java.util.Optional;

/** What is to be done about one name. */
public sealed interface Decision {
  /**
   * Carry the bytes and the attributes over.
   *
   * @param from the side to copy from
   * @param source what is there
   * @param replaced what stands at the destination, and must still stand there when the copy is
   *     committed; empty if it must still be absent
   * @param keepReplaced whether what is replaced lost a conflict and must stay recoverable
   */
  record Copy(
      SideName from, ObjectSnapshot source, Optional<ObjectSnapshot> replaced, boolean keepReplaced)
      implements Decision {}

  /**
   * The bytes are equal already: bring the attributes and the stamp in line.
   *
   * @param from the side whose attributes are right
   * @param source what is there
   * @param target what stands at the destination, and must still stand there
   */
  record UpdateAttributes(SideName from, ObjectSnapshot source, ObjectSnapshot target)
      implements Decision {}

  /**
   * The counterpart of something that is gone is to go too, once the absence has been confirmed.
   *
   * @param at the side to delete on
   * @param target what stands there, and must still stand there
   * @param keep whether it lost a conflict and must stay recoverable
   */
  record Delete(SideName at, ObjectSnapshot target, boolean keep) implements Decision {}

  /** Nothing is to be written but the base: both sides are settled as they are. */
  record Adopt(Base base, String why) implements Decision {}

  /**
   * Checksums do not tell whether the bytes are what they should be: read that side's, then decide
   * again.
   */
  record Read(SideName side, ObjectSnapshot object) implements Decision {}

  /** The bytes to copy are archived. */
  record AwaitRestore(ObjectSnapshot source) implements Decision {}

  /** Both sides are as they should be. */
  record InSync(String why) implements Decision {}

  /** They are not equal, and by rule or for want of proof stay so. */
  record Leave(String why) implements Decision {}
}
