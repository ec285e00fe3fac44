package dev.twinbucket.store.s3;

import java.net.URI;
import java.util.Optional;

/**
 * How to reach one S3 or S3-compatible endpoint. What is empty comes from the SDK's own standard
 * sources: {@code AWS_ENDPOINT_URL_S3}, {@code AWS_REGION}, the default credentials chain.
 *
 * @param endpoint where it is, without a bucket
 * @param region its region
 * @param addressing where the bucket's name goes in a URL
 * @param credentials who asks
 * @param quirks what it cannot do that S3 can
 */
public record S3StoreSettings(
    Optional<URI> endpoint,
    Optional<String> region,
    Addressing addressing,
    S3Credentials credentials,
    S3Quirks quirks) {

  /** Everything from the SDK's standard sources. */
  public static final S3StoreSettings STANDARD =
      new S3StoreSettings(
          Optional.empty(),
          Optional.empty(),
          Addressing.AUTOMATIC,
          new S3Credentials.Standard(),
          S3Quirks.NONE);

  /** The same for somebody else. */
  public S3StoreSettings with(S3Credentials others) {
    return new S3StoreSettings(endpoint, region, addressing, others, quirks);
  }

  /** Where the bucket's name goes in a URL. */
  public enum Addressing {
    /** Into the host name on AWS's own endpoints, into the path on any other. */
    AUTOMATIC,
    /** Into the path. */
    PATH,
    /** Into the host name. */
    VIRTUAL_HOST
  }
}
