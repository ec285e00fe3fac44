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

  /**
   * Keys of a secret, which can be read again after they were rotated.
   *
   * @param location where they are
   * @param now what they were when the settings were read
   */
  record Secret(DocumentLocation location, Keys now) implements EndpointCredentials {
    /**
     * Reads them again.
     *
     * @throws SettingsException if they cannot be had
     */
    public Keys read(DocumentSource source) {
      return CredentialsReader.readAgain(location, source);
    }
  }
}
