package dev.twinbucket.wiring;

import com.google.auth.oauth2.AwsCredentials;
import com.google.auth.oauth2.AwsSecurityCredentials;
import com.google.auth.oauth2.AwsSecurityCredentialsSupplier;
import com.google.auth.oauth2.ExternalAccountSupplierContext;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonException;
import dev.twinbucket.json.Limits;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Proves to Google who this process is on AWS, with the credentials of the AWS SDK. Google's
 * library would read the variables {@code AWS_ACCESS_KEY_ID} and so on by itself; a function that
 * woke up from a SnapStart snapshot has none of them, but a place to ask for credentials that the
 * SDK knows of.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html#snapstart-credentials">Using
 *     SnapStart with credentials</a>
 */
final class AwsProof implements AwsSecurityCredentialsSupplier {
  private static final long serialVersionUID = 1;

  private final transient AwsCredentialsProvider credentials;
  private final transient Supplier<Region> region;

  private AwsProof(AwsCredentialsProvider credentials, Supplier<Region> region) {
    this.credentials = credentials;
    this.region = region;
  }

  /**
   * The same credentials, which ask the SDK.
   *
   * @param external as read
   * @param json from this
   * @param region whose STS Google asks whether the proof is right
   */
  static AwsCredentials with(
      AwsCredentials external,
      String json,
      AwsCredentialsProvider credentials,
      Supplier<Region> region) {
    AwsCredentials.Builder builder =
        AwsCredentials.newBuilder(external)
            .setCredentialSource(null)
            .setAwsSecurityCredentialsSupplier(new AwsProof(credentials, region));
    verificationUrl(json).ifPresent(builder::setRegionalCredentialVerificationUrlOverride);
    return builder.build();
  }

  /** The region of the function, or whatever the SDK's own chain finds. */
  static Supplier<Region> region(Map<String, String> environment) {
    return () ->
        Optional.ofNullable(environment.get("AWS_REGION"))
            .filter(name -> !name.isEmpty())
            .map(Region::of)
            .orElseGet(() -> new DefaultAwsRegionProviderChain().getRegion());
  }

  /** A builder does not take this over together with the place where credentials came from. */
  private static Optional<String> verificationUrl(String json) {
    try {
      return Json.parse(json, Limits.EVENT)
          .asObject()
          .flatMap(object -> object.object("credential_source"))
          .flatMap(source -> source.string("regional_cred_verification_url"));
    } catch (JsonException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  @Override
  public String getRegion(ExternalAccountSupplierContext context) throws IOException {
    try {
      return region.get().id();
    } catch (SdkException e) {
      throw new IOException("no region on AWS: set AWS_REGION", e);
    }
  }

  @Override
  public AwsSecurityCredentials getCredentials(ExternalAccountSupplierContext context)
      throws IOException {
    AwsCredentialsIdentity now;
    try {
      now = credentials.resolveCredentials();
    } catch (SdkException e) {
      throw new IOException("no credentials on AWS to prove who this is", e);
    }
    return new AwsSecurityCredentials(
        now.accessKeyId(),
        now.secretAccessKey(),
        now instanceof AwsSessionCredentialsIdentity session ? session.sessionToken() : null);
  }

  /** Google's interface is serializable; credentials of a process are its own. */
  private void readObject(ObjectInputStream in) throws IOException {
    throw new InvalidObjectException("stays in its process");
  }
}
