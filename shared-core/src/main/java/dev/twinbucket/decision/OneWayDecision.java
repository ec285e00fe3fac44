package dev.twinbucket.decision;

import dev.twinbucket.object.ContentComparison;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.Observation;
import dev.twinbucket.object.Observation.Absent;
import dev.twinbucket.object.Observation.Present;
import dev.twinbucket.rule.DeletePolicy;
import dev.twinbucket.rule.ForeignPolicy;
import dev.twinbucket.rule.SideName;
import java.util.Optional;

/**
 * The decision of one-way rules. It needs no memory: a replica's own stamp says what it was made
 * from.
 */
public final class OneWayDecision {
  private OneWayDecision() {}

  /**
   * Decides.
   *
   * @param from the source's side
   * @param source what is there
   * @param destination what is on the other side, observed before the source if the decision is to
   *     delete
   * @param foreign what becomes of destination objects that are not ours
   * @param deletes what becomes of replicas whose source is gone
   */
  public static Decision decide(
      SideName from,
      Observation source,
      Observation destination,
      ForeignPolicy foreign,
      DeletePolicy deletes) {
    return switch (source) {
      case Present(ObjectSnapshot original) ->
          switch (destination) {
            case Absent _ -> copy(from, original, Optional.empty());
            case Present(ObjectSnapshot standing) -> replace(from, original, standing, foreign);
          };
      case Absent _ ->
          switch (destination) {
            case Absent _ -> new Decision.InSync("absent on both sides");
            case Present(ObjectSnapshot standing) -> remove(from, source, standing, deletes);
          };
    };
  }

  private static Decision replace(
      SideName from, ObjectSnapshot source, ObjectSnapshot standing, ForeignPolicy foreign) {
    return switch (Replica.judge(standing, source.location())) {
      case Replica.Unproven _ -> new Decision.Read(from.other(), standing);
      case Replica.Of(var origin, boolean intact, _)
          when intact
              && origin.sameAs(source.version())
              && source.attributes().equals(standing.attributes()) ->
          new Decision.InSync("the replica is of just this version");
      case Replica.Of _ -> align(from, source, standing, true);
      case Replica.None _ ->
          foreign == ForeignPolicy.KEEP
              ? new Decision.Leave("the destination's object is not ours, and the rule keeps it")
              : align(from, source, standing, false);
    };
  }

  private static Decision align(
      SideName from, ObjectSnapshot source, ObjectSnapshot standing, boolean ours) {
    if (source.compareContent(standing) != ContentComparison.EQUAL) {
      return copy(from, source, Optional.of(standing));
    }
    // An equal object that is not ours takes our stamp, or a later deletion at the source would
    // have no proof.
    return ours && source.attributes().equals(standing.attributes())
        ? new Decision.InSync("the replica equals the source")
        : new Decision.UpdateAttributes(from, source, standing);
  }

  private static Decision remove(
      SideName from, Observation source, ObjectSnapshot standing, DeletePolicy deletes) {
    return switch (Replica.judge(standing, source.location())) {
      case Replica.Unproven _ -> new Decision.Read(from.other(), standing);
      case Replica.None _ ->
          new Decision.Leave("the source is absent, and the destination's object is not ours");
      case Replica.Of _ ->
          deletes == DeletePolicy.KEEP
              ? new Decision.Leave("the source is gone, and the rule keeps its replica")
              : new Decision.Delete(from.other(), standing, false);
    };
  }

  private static Decision copy(
      SideName from, ObjectSnapshot source, Optional<ObjectSnapshot> replaced) {
    return source.readable()
        ? new Decision.Copy(from, source, replaced, false)
        : new Decision.AwaitRestore(source);
  }
}
