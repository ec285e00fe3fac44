package dev.twinbucket.settings;

import java.net.URI;

/**
 * An S3-compatible endpoint. The capabilities are what its operator says; a preflight check can
 * prove them wrong, nothing makes up for what is not there.
 *
 * @param url where it is, without a bucket
 * @param region what requests are signed for
 * @param addressing where the bucket's name goes in a URL
 * @param credentials who asks
 * @param conditionalWrites whether it honours conditions on writes
 * @param conditionalDeletes whether it honours conditions on deletes
 * @param storesCrc32c whether it verifies and keeps the CRC32C of a write
 * @param tags whether objects have tags
 * @param tagCount whether a look at an object tells how many tags it has
 * @param copyInPlace whether an object can be copied onto itself to change its metadata
 */
public record Endpoint(
    URI url,
    String region,
    Addressing addressing,
    EndpointCredentials credentials,
    boolean conditionalWrites,
    boolean conditionalDeletes,
    boolean storesCrc32c,
    boolean tags,
    boolean tagCount,
    boolean copyInPlace) {

  /** Where the bucket's name goes in a URL. */
  public enum Addressing {
    /** {@code https://host/bucket/key}. */
    PATH,
    /** {@code https://bucket.host/key}. */
    VIRTUAL
  }
}
