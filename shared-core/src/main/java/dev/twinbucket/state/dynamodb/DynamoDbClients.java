package dev.twinbucket.state.dynamodb;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * Builds clients. The endpoint is the SDK's own choice, {@code AWS_ENDPOINT_URL_DYNAMODB} included.
 * Retries are the SDK's own as well; that is safe since every write is conditional and has a
 * revision of its own.
 */
final class DynamoDbClients {
  /** A row is small: what has not answered by then will not. */
  private static final Duration ATTEMPT = Duration.ofSeconds(5);

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final int CONNECTIONS = 64;

  private DynamoDbClients() {}

  static DynamoDbClientBuilder builder(
      Optional<String> region, AwsCredentialsProvider credentials) {
    DynamoDbClientBuilder builder =
        DynamoDbClient.builder()
            .credentialsProvider(credentials)
            .overrideConfiguration(
                overrides ->
                    overrides.apiCallAttemptTimeout(ATTEMPT).retryStrategy(RetryMode.STANDARD))
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .maxConnections(CONNECTIONS)
                    .connectionTimeout(CONNECT)
                    .connectionAcquisitionTimeout(ATTEMPT)
                    .socketTimeout(ATTEMPT));
    region.map(Region::of).ifPresent(builder::region);
    return builder;
  }
}
