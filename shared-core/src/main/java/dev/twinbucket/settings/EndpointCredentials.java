package dev.twinbucket.settings;

import java.util.Optional;

/** Who asks at an S3-compatible endpoint. */
public sealed interface EndpointCredentials {
  /** Whoever the AWS SDK's default chain finds. */
  record Standard() implements EndpointCredentials {}

  /** A profile of the shared AWS configuration files. */
  record Profile(String name) implements EndpointCredentials {}

  /**
   * Fixed keys; they never show in a text.
   *
   * @param accessKeyId the key's id
   * @param secretAccessKey the key
   * @param sessionToken what goes with temporary keys
   */
  record Keys(String accessKeyId, String secretAccessKey, Optional<String> sessionToken)
      implements EndpointCredentials {
    @Override
    public String toString() {
      return "Keys[...]";
    }
  }
}
