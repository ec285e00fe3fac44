package dev.twinbucket.replication;

import dev.twinbucket.object.Fingerprint;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.rule.Rule;
import java.nio.charset.StandardCharsets;

/**
 * Where the loser of a conflict is kept: {@code .twinbucket/conflicts/RULE/VERSION/KEY} in its own
 * bucket, VERSION being a fingerprint of its version, so that keeping it twice is keeping it once.
 * A key that leaves no room for its own name is kept under its fingerprint.
 */
final class ConflictCopy {
  private static final int LONGEST_KEY = 1024;

  private ConflictCopy() {}

  static ObjectLocation locate(Rule rule, ObjectSnapshot loser) {
    String key = loser.location().key();
    String folder =
        Rule.RESERVED_PREFIX
            + "conflicts/"
            + rule.name()
            + "/"
            + new Fingerprint().add(key).add(loser.version().token())
            + "/";
    String whole = folder + key;
    boolean fits = whole.getBytes(StandardCharsets.UTF_8).length <= LONGEST_KEY;
    return loser.location().bucket().object(fits ? whole : folder + new Fingerprint().add(key));
  }
}
