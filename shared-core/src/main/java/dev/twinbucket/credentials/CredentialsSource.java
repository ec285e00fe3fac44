package dev.twinbucket.credentials;

import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** Where credentials are fetched from, each time anew. */
@FunctionalInterface
public interface CredentialsSource {
  /**
   * Fetches them.
   *
   * @return the credentials of this moment, with the time at which they expire if they do
   * @throws RuntimeException if they cannot be had; its message holds no secret
   */
  AwsCredentials fetch();
}
