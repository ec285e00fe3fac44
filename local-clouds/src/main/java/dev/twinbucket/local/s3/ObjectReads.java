package dev.twinbucket.local.s3;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/** GetObject and HeadObject. */
final class ObjectReads {
  private final InstantSource clock;

  ObjectReads(InstantSource clock) {
    this.clock = clock;
  }

  void get(S3Call call, Bucket bucket) throws IOException {
    ObjectVersion version = find(call, bucket);
    checkConditions(call, version);
    boolean head = call.http().method().equals("HEAD");
    if (!head && !version.isReadable(clock.instant())) {
      throw ErrorCode.INVALID_OBJECT_STATE
          .failure("The operation is not valid for the object's storage class")
          .element("StorageClass", version.object().attributes().storageClass());
    }
    long size = version.size();
    Optional<ByteRange> range =
        call.header("Range").flatMap(header -> ByteRange.parse(header, size));
    boolean checksums =
        range.isEmpty() && call.header("x-amz-checksum-mode").filter("ENABLED"::equals).isPresent();
    AttributeHeaders.write(call, version, bucket.versioning() != Versioning.UNVERSIONED, checksums);
    overrideHeaders(call);
    if (range.isPresent()) {
      ByteRange part = range.get();
      call.set("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + size);
      call.http()
          .respond(
              206,
              part.length(),
              out -> version.object().content().write(out, part.first(), part.length()));
    } else {
      call.http().respond(200, size, out -> version.object().content().write(out, 0, size));
    }
  }

  /** The version that is asked for, or the failure that S3 answers with in its place. */
  static ObjectVersion find(S3Call call, Bucket bucket) {
    Optional<String> id = call.versionId();
    if (id.isPresent()) {
      ObjectVersion found = version(call, bucket, id.get());
      if (found.deleteMarker()) {
        throw ErrorCode.METHOD_NOT_ALLOWED
            .failure()
            .header("x-amz-delete-marker", "true")
            .header("x-amz-version-id", found.versionId())
            .header("Last-Modified", S3Times.http(found.lastModified()))
            .header("Allow", "DELETE");
      }
      return found;
    }
    ObjectVersion newest =
        bucket
            .newest(call.key())
            .orElseThrow(() -> ErrorCode.NO_SUCH_KEY.failure().element("Key", call.key()));
    if (newest.deleteMarker()) {
      throw ErrorCode.NO_SUCH_KEY
          .failure()
          .element("Key", call.key())
          .header("x-amz-delete-marker", "true")
          .header("x-amz-version-id", newest.versionId());
    }
    return newest;
  }

  /** A version or delete marker by the id in the request. */
  static ObjectVersion version(S3Call call, Bucket bucket, String id) {
    checkVersionId(id);
    return bucket
        .version(call.key(), id)
        .orElseThrow(
            () ->
                ErrorCode.NO_SUCH_VERSION
                    .failure()
                    .element("Key", call.key())
                    .element("VersionId", id));
  }

  /** Refuses what was never a version id. */
  static void checkVersionId(String id) {
    if (!id.equals(ObjectVersion.NULL_ID) && !id.matches("[0-9a-f]{32}")) {
      throw ErrorCode.INVALID_ARGUMENT
          .failure("Invalid version id specified")
          .element("ArgumentName", "versionId")
          .element("ArgumentValue", id);
    }
  }

  private static void checkConditions(S3Call call, ObjectVersion version) {
    String etag = version.object().etag();
    Optional<String> ifMatch = call.header("If-Match");
    if (ifMatch.isPresent()) {
      if (!Etags.matches(ifMatch.get(), etag)) {
        throw ErrorCode.PRECONDITION_FAILED.failure().element("Condition", "If-Match");
      }
    } else if (call.header("If-Unmodified-Since")
        .flatMap(S3Times::parse)
        .filter(version.lastModified()::isAfter)
        .isPresent()) {
      throw ErrorCode.PRECONDITION_FAILED.failure().element("Condition", "If-Unmodified-Since");
    }
    Optional<String> ifNoneMatch = call.header("If-None-Match");
    boolean unchanged =
        ifNoneMatch.isPresent()
            ? Etags.matches(ifNoneMatch.get(), etag)
            : call.header("If-Modified-Since")
                .flatMap(S3Times::parse)
                .filter(since -> !version.lastModified().isAfter(since))
                .isPresent();
    if (unchanged) {
      throw ErrorCode.NOT_MODIFIED
          .failure()
          .header("ETag", Etags.quoted(etag))
          .header("Last-Modified", S3Times.http(version.lastModified()));
    }
  }

  private static void overrideHeaders(S3Call call) {
    for (String name : AttributeHeaders.DESCRIPTIVE) {
      call.set(name, call.query().first("response-" + name));
    }
  }
}
