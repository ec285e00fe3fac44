package dev.twinbucket.wiring;

import dev.twinbucket.credentials.CredentialsSource;
import dev.twinbucket.settings.DocumentSource;
import dev.twinbucket.settings.EndpointCredentials;
import dev.twinbucket.settings.SettingsException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Keys that a secret manager holds. What was read with the settings serves first; from then on each
 * fetch reads the secret again.
 */
final class SecretKeys implements CredentialsSource {
  private final EndpointCredentials.Secret secret;
  private final DocumentSource documents;
  private final Function<EndpointCredentials.Keys, AwsCredentials> translation;
  private final AtomicBoolean used = new AtomicBoolean();

  SecretKeys(
      EndpointCredentials.Secret secret,
      DocumentSource documents,
      Function<EndpointCredentials.Keys, AwsCredentials> translation) {
    this.secret = secret;
    this.documents = documents;
    this.translation = translation;
  }

  @Override
  public AwsCredentials fetch() {
    if (used.compareAndSet(false, true)) {
      return translation.apply(secret.now());
    }
    try {
      return translation.apply(secret.read(documents));
    } catch (SettingsException e) {
      throw SdkClientException.create("no credentials in " + secret.location(), e);
    }
  }
}
