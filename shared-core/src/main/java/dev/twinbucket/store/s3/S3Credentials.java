package dev.twinbucket.store.s3;

import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Who asks. */
public sealed interface S3Credentials {
  /** The SDK's default chain: variables, profile, web identity, container, instance. */
  record Standard() implements S3Credentials {}

  /** A profile of the shared configuration files. */
  record Profile(String name) implements S3Credentials {}

  /**
   * Fixed keys.
   *
   * @param accessKeyId the key's id
   * @param secretAccessKey the key; never shown
   * @param sessionToken the token that goes with temporary keys; never shown
   */
  record Keys(String accessKeyId, String secretAccessKey, Optional<String> sessionToken)
      implements S3Credentials {
    /** The same for the SDK. */
    public AwsCredentials credentials() {
      return sessionToken.isPresent()
          ? AwsSessionCredentials.create(accessKeyId, secretAccessKey, sessionToken.get())
          : AwsBasicCredentials.create(accessKeyId, secretAccessKey);
    }

    @Override
    public String toString() {
      return "Keys[" + accessKeyId + "]";
    }
  }

  /** Whatever the embedding program has. */
  record Provided(AwsCredentialsProvider provider) implements S3Credentials {}

  /** The same for the SDK. */
  default AwsCredentialsProvider provider() {
    return switch (this) {
      case Standard() -> DefaultCredentialsProvider.builder().build();
      case Profile(String name) -> ProfileCredentialsProvider.create(name);
      case Provided(AwsCredentialsProvider provider) -> provider;
      case Keys keys -> StaticCredentialsProvider.create(keys.credentials());
    };
  }
}
