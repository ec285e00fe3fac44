package dev.twinbucket.store.s3;

import dev.twinbucket.credentials.RenewableCredentials;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * Builds clients. Retries are the SDK's own (standard mode: three attempts, backoff with jitter, a
 * retry quota); that is safe since every write is conditional. An attempt must answer within 30
 * seconds; a body that is being read may take longer, as long as it never stalls for as much.
 */
final class S3Clients {
  private static final Duration ATTEMPT = Duration.ofSeconds(30);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int CONNECTIONS = 256;

  private S3Clients() {}

  static S3Client open(S3StoreSettings settings) {
    boolean pathStyle =
        switch (settings.addressing()) {
          case PATH -> true;
          case VIRTUAL_HOST -> false;
          case AUTOMATIC -> !isAmazons(settings);
        };
    return build(settings, pathStyle);
  }

  /** Asks the SDK itself where it would go, since the endpoint may come from its own variables. */
  private static boolean isAmazons(S3StoreSettings settings) {
    try (S3Client client = build(settings, true)) {
      String host = client.utilities().getUrl(request -> request.bucket("b").key("k")).getHost();
      return host.endsWith(".amazonaws.com") || host.endsWith(".amazonaws.com.cn");
    }
  }

  private static S3Client build(S3StoreSettings settings, boolean pathStyle) {
    AwsCredentialsProvider credentials = settings.credentials().provider();
    S3ClientBuilder builder =
        S3Client.builder()
            .forcePathStyle(pathStyle)
            .credentialsProvider(credentials)
            // Our own CRC32C goes as a plain header. Anything else the SDK would add makes the body
            // aws-chunked, which compatible stores refuse.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build())
            .overrideConfiguration(
                overrides ->
                    overrides.apiCallAttemptTimeout(ATTEMPT).retryStrategy(RetryMode.STANDARD))
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .maxConnections(CONNECTIONS)
                    .connectionTimeout(CONNECT)
                    .connectionAcquisitionTimeout(ATTEMPT)
                    .socketTimeout(ATTEMPT));
    settings.endpoint().ifPresent(builder::endpointOverride);
    settings.region().map(Region::of).ifPresent(builder::region);
    return credentials instanceof RenewableCredentials renewable
        ? new RenewingS3Client(builder.build(), renewable)
        : builder.build();
  }
}
