package dev.twinbucket.credentials;

import com.google.auth.oauth2.IdTokenProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Takes on a role on AWS with an identity token that Google signed: no key exists anywhere. The
 * token is made for one audience, which the role's trust policy names, and is sent to the STS of
 * the configured region.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html">AssumeRoleWithWebIdentity</a>
 * @see <a
 *     href="https://cloud.google.com/run/docs/authenticating/service-to-service#use_the_metadata_server">identity
 *     tokens from the metadata server</a>
 */
public final class WebIdentity implements CredentialsSource {
  /** What CloudTrail calls whoever uses the role. */
  private static final String SESSION = "twinbucket";

  private static final Duration ATTEMPT = Duration.ofSeconds(10);

  private final IdTokenProvider tokens;
  private final StsClient sts;
  private final String role;
  private final String audience;

  private WebIdentity(IdTokenProvider tokens, StsClient sts, String role, String audience) {
    this.tokens = tokens;
    this.sts = sts;
    this.role = role;
    this.audience = audience;
  }

  /**
   * Opens the way to STS, by the SDK's own choice of region and endpoint; nothing is sent yet.
   *
   * @param tokens signs who this process is
   * @param role the ARN of the role
   * @param audience for whom tokens are made
   */
  public static WebIdentity open(IdTokenProvider tokens, String role, String audience) {
    StsClient sts =
        StsClient.builder()
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .overrideConfiguration(
                overrides ->
                    overrides.apiCallAttemptTimeout(ATTEMPT).retryStrategy(RetryMode.STANDARD))
            .httpClientBuilder(
                Apache5HttpClient.builder().connectionTimeout(ATTEMPT).socketTimeout(ATTEMPT))
            .build();
    return new WebIdentity(tokens, sts, role, audience);
  }

  @Override
  public AwsCredentials fetch() {
    String token = token();
    Credentials taken =
        sts.assumeRoleWithWebIdentity(
                assume -> assume.roleArn(role).roleSessionName(SESSION).webIdentityToken(token))
            .credentials();
    return AwsSessionCredentials.builder()
        .accessKeyId(taken.accessKeyId())
        .secretAccessKey(taken.secretAccessKey())
        .sessionToken(taken.sessionToken())
        .expirationTime(taken.expiration())
        .build();
  }

  private String token() {
    try {
      // In the short form, which says no more than the role's trust policy asks for.
      return tokens.idTokenWithAudience(audience, List.of()).getTokenValue();
    } catch (IOException e) {
      throw SdkClientException.create(
          "no credentials for AWS: Google gave no identity token: " + e.getMessage(), e);
    }
  }
}
