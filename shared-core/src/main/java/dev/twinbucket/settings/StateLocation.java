package dev.twinbucket.settings;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Escaping;
import java.util.Optional;

/** Where state is kept. */
public sealed interface StateLocation {
  /**
   * In a DynamoDB table.
   *
   * @param name of the table
   * @param region where it is, or empty for the SDK's own choice ({@code AWS_REGION})
   */
  record Table(String name, Optional<String> region) implements StateLocation {}

  /**
   * As objects.
   *
   * @param bucket in which
   * @param prefix what all of their keys begin with; ends in {@code state/}
   */
  record Objects(BucketLocation bucket, String prefix) implements StateLocation {
    @Override
    public String toString() {
      return bucket + "/" + Escaping.forLog(prefix);
    }
  }

  /** In the memory of one process, which forgets it: for trials and tests. */
  record Memory() implements StateLocation {}
}
