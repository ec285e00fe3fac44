package dev.twinbucket.settings;

import dev.twinbucket.object.Escaping;
import dev.twinbucket.object.ObjectLocation;

/** Where a document is that the environment only points at. None of these is itself a secret. */
public sealed interface DocumentLocation {
  /**
   * A file of the function's own file system.
   *
   * @param path absolute
   */
  record File(String path) implements DocumentLocation {
    @Override
    public String toString() {
      return "file:" + Escaping.forLog(path);
    }
  }

  /**
   * An object.
   *
   * @param location in a bucket on {@code s3} or {@code gs}
   */
  record InBucket(ObjectLocation location) implements DocumentLocation {
    @Override
    public String toString() {
      return location.toString();
    }
  }

  /**
   * The current value of a secret of AWS Secrets Manager.
   *
   * @param arn its name
   * @param region the region in that name
   */
  record AwsSecret(String arn, String region) implements DocumentLocation {
    @Override
    public String toString() {
      return Escaping.forLog(arn);
    }
  }

  /**
   * A version of a secret of Google Secret Manager.
   *
   * @param version {@code projects/P/secrets/S/versions/V}
   */
  record GoogleSecret(String version) implements DocumentLocation {
    @Override
    public String toString() {
      return Escaping.forLog(version);
    }
  }
}
