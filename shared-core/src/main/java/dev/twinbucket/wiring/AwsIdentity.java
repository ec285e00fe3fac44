package dev.twinbucket.wiring;

import com.google.auth.oauth2.ComputeEngineCredentials;
import dev.twinbucket.credentials.RenewableCredentials;
import dev.twinbucket.credentials.WebIdentity;
import dev.twinbucket.settings.Variable;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * Who asks on AWS: the role that this function takes on by its identity on Google Cloud if an
 * audience is set, else whoever the SDK's default chain finds.
 */
final class AwsIdentity {
  private static final String ROLE = "AWS_ROLE_ARN";

  private AwsIdentity() {}

  /** Nothing is asked of either cloud yet. */
  static AwsCredentialsProvider of(Map<String, String> environment, InstantSource clock) {
    Optional<String> audience = text(environment, Variable.AWS_WEB_IDENTITY_AUDIENCE.variable());
    Optional<String> role = text(environment, ROLE);
    if (audience.isEmpty() || role.isEmpty()) {
      return DefaultCredentialsProvider.builder().build();
    }
    return new RenewableCredentials(
        WebIdentity.open(ComputeEngineCredentials.create(), role.get(), audience.get()), clock);
  }

  private static Optional<String> text(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}
