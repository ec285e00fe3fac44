package dev.twinbucket.store.s3;

import dev.twinbucket.credentials.RenewableCredentials;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;

/** Asks once more with other credentials when those at hand are refused, and there are others. */
final class RenewingS3Client extends DelegatingS3Client {
  private final RenewableCredentials credentials;

  RenewingS3Client(S3Client client, RenewableCredentials credentials) {
    super(client);
    this.credentials = credentials;
  }

  @Override
  protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
    return credentials.asking(() -> operation.apply(request));
  }
}
