package dev.twinbucket.local.s3;

import dev.twinbucket.local.http.PercentCoding;
import java.time.Instant;
import java.util.Optional;

/**
 * The source of a copy, found and judged.
 *
 * @param bucket where it lies
 * @param version what is to be copied
 * @param pinned whether the request named a version
 */
record CopySource(Bucket bucket, ObjectVersion version, boolean pinned) {
  static CopySource find(S3Call call, BucketDirectory buckets, Instant now) {
    String header = call.header("x-amz-copy-source").orElse("");
    int question = header.indexOf("?versionId=");
    Optional<String> versionId =
        question < 0
            ? Optional.empty()
            : Optional.of(header.substring(question + "?versionId=".length()));
    String path;
    try {
      path = PercentCoding.decodePath(question < 0 ? header : header.substring(0, question));
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
    String source = path.startsWith("/") ? path.substring(1) : path;
    int slash = source.indexOf('/');
    if (slash <= 0 || slash == source.length() - 1) {
      throw invalid();
    }
    Bucket bucket = buckets.get(source.substring(0, slash));
    String key = source.substring(slash + 1);
    ObjectVersion version = version(bucket, key, versionId);
    if (!version.isReadable(now)) {
      throw ErrorCode.INVALID_OBJECT_STATE
          .failure("Operation is not valid for the source object's storage class")
          .element("StorageClass", version.object().attributes().storageClass());
    }
    check(call, version);
    return new CopySource(bucket, version, versionId.isPresent());
  }

  private static ObjectVersion version(Bucket bucket, String key, Optional<String> versionId) {
    if (versionId.isPresent()) {
      ObjectReads.checkVersionId(versionId.get());
      ObjectVersion found =
          bucket
              .version(key, versionId.get())
              .orElseThrow(() -> ErrorCode.NO_SUCH_VERSION.failure().element("Key", key));
      if (found.deleteMarker()) {
        throw ErrorCode.INVALID_REQUEST.failure(
            "The source of a copy request may not specifically refer to a delete marker by"
                + " version id.");
      }
      return found;
    }
    return bucket
        .current(key)
        .orElseThrow(() -> ErrorCode.NO_SUCH_KEY.failure().element("Key", key));
  }

  private static void check(S3Call call, ObjectVersion version) {
    String etag = version.object().etag();
    Optional<String> ifMatch = call.header("x-amz-copy-source-if-match");
    Optional<String> ifNoneMatch = call.header("x-amz-copy-source-if-none-match");
    boolean failed =
        ifMatch.isPresent()
            ? !Etags.matches(ifMatch.get(), etag)
            : call.header("x-amz-copy-source-if-unmodified-since")
                .flatMap(S3Times::parse)
                .filter(version.lastModified()::isAfter)
                .isPresent();
    failed |=
        ifNoneMatch.isPresent()
            ? Etags.matches(ifNoneMatch.get(), etag)
            : call.header("x-amz-copy-source-if-modified-since")
                .flatMap(S3Times::parse)
                .filter(since -> !version.lastModified().isAfter(since))
                .isPresent();
    if (failed) {
      throw ErrorCode.PRECONDITION_FAILED.failure().element("Condition", "x-amz-copy-source-If-*");
    }
  }

  private static S3Failure invalid() {
    return ErrorCode.INVALID_ARGUMENT
        .failure("Copy Source must mention the source bucket and key: sourcebucket/sourcekey")
        .element("ArgumentName", "x-amz-copy-source");
  }
}
