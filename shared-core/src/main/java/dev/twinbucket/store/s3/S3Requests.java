package dev.twinbucket.store.s3;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.adapter.BucketProofs;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** Sends requests, and tells what a failure of one means. */
final class S3Requests {
  private final S3Client client;
  private final BucketProofs buckets = new BucketProofs(System::nanoTime);

  S3Requests(S3Client client) {
    this.client = client;
  }

  S3Client client() {
    return client;
  }

  /** An answer just now could only come from an existing bucket. */
  void saw(ObjectLocation location) {
    saw(location.bucket());
  }

  /** The same for an answer about the bucket itself. */
  void saw(BucketLocation bucket) {
    buckets.saw(bucket.bucket());
  }

  /** Sends a request whose failures mean what they say. */
  <T> T send(Object what, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw S3Errors.translate(what, e);
    }
  }

  /** Sends a write. Its condition on an object that is gone is answered by 404: it has failed. */
  <T> T write(ObjectLocation location, Supplier<T> call) {
    try {
      T answer = call.get();
      saw(location);
      return answer;
    } catch (SdkException e) {
      StoreException translated = S3Errors.translate(location, e);
      if (translated instanceof StoreException.ObjectNotFound
          && e instanceof AwsServiceException answer) {
        proveBucket(location, answer);
        throw new StoreException.ConditionFailed(translated.getMessage(), e);
      }
      throw translated;
    }
  }

  /** A HEAD has no body, so that it cannot tell a missing object from a missing bucket. */
  void proveBucket(ObjectLocation location, AwsServiceException notFound) {
    String bucket = location.bucket().bucket();
    boolean deleteMarker =
        notFound.awsErrorDetails() != null
            && notFound.awsErrorDetails().sdkHttpResponse() != null
            && notFound
                .awsErrorDetails()
                .sdkHttpResponse()
                .firstMatchingHeader("x-amz-delete-marker")
                .isPresent();
    if (deleteMarker || S3Errors.code(notFound).equals("NoSuchBucket")) {
      if (!deleteMarker) {
        throw S3Errors.translate(location, notFound);
      }
      buckets.saw(bucket);
    }
    if (buckets.knows(bucket)) {
      return;
    }
    try {
      client.headBucket(head -> head.bucket(bucket));
    } catch (AwsServiceException e) {
      throw e.statusCode() == 404
          ? new StoreException.BucketNotFound(location.bucket() + " does not exist", e)
          : S3Errors.translate(location.bucket(), e);
    } catch (SdkException e) {
      throw S3Errors.translate(location.bucket(), e);
    }
    buckets.saw(bucket);
  }

  /**
   * The version that the answer to a write names.
   *
   * @param etag quoted, {@code null} if the answer had none
   */
  static ObjectVersion written(
      ObjectLocation location, String versionId, String etag, String revision) {
    if (etag == null) {
      throw new StoreException.Unavailable(location + ": an answer to a write without an ETag");
    }
    return new ObjectVersion(
        S3Answer.writeId(versionId), S3Answer.unquoted(etag), revision, ObjectVersion.UNKNOWN);
  }
}
